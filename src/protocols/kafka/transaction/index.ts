export * from './coordinator.ts';
export * from './types.ts';
