export * from './types.ts';
export * from './factKinds.ts';
export * from './timelineTypes.ts';
