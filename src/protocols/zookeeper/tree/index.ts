export { layer, prepare, prepareMulti } from './prepare.ts';
export * from './tree.ts';
export { parentOf, statOf, type Znode } from './znode.ts';
