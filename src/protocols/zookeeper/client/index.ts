export { clientKernel } from './kernel.ts';
export type { ScriptDeed } from './state.ts';
