export * from './assign.ts';
export * from './handover.ts';
export * from './partitions.ts';
export * from './server.ts';
export * from './types.ts';
