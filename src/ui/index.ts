export * from './classes.ts';
export * from './focus.ts';
export * from './format.ts';
export * from './icons.tsx';
export * from './parts/index.ts';
export * from './store.ts';
export * from './text.ts';
