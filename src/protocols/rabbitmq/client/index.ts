export { clientKernel } from './kernel.ts';
export type { ScriptDeed, ScriptMessage, ScriptMethod, SeenMessage } from './script.ts';
