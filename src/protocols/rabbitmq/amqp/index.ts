export * from './frames.ts';
export * from './message.ts';
export * from './table.ts';
