export * from './assert.ts';
export * from './hash.ts';
export * from './heap.ts';
export * from './ids.ts';
export * from './json.ts';
export * from './random.ts';
export * from './result.ts';
export * from './time.ts';
