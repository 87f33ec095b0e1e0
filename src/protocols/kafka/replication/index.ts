export * from './fetch.ts';
export * from './follower.ts';
export * from './leader.ts';
export * from './produce.ts';
export * from './progress.ts';
