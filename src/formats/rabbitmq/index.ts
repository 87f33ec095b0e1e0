export { type Drawn, drawVhost, VHOST_PREFIX } from './draw.ts';
export { brokersOf, type Exported, exportDefinitions } from './export.ts';
export { DEFINITIONS_LIMITS } from './limits.ts';
export { isDefinitions, parseDefinitions } from './parse.ts';
export * from './types.ts';
