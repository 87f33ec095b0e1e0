export * from './fields.ts';
export * from './types.ts';
export * from './vocabulary.ts';
export * from './geometry.ts';
