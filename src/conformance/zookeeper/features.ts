import type { Trace } from '../format.ts';

/** Operations that are played, with their arguments. */
const KNOWN: { readonly [op: string]: readonly string[] } = {
  create: ['client', 'path', 'mode', 'data'],
  get: ['client', 'path', 'watch'],
  set: ['client', 'path', 'data', 'version'],
  exists: ['client', 'path', 'watch'],
  children: ['client', 'path', 'watch'],
  remove: ['client', 'path', 'version'],
  crash: ['client'],
  close: ['client'],
  node: ['n', 'do', 'settle'],
  modes: [],
  wait: ['ms'],
};
const MODES = new Set(['PERSISTENT', 'PERSISTENT_SEQUENTIAL', 'EPHEMERAL', 'EPHEMERAL_SEQUENTIAL']);

/** Why a recording can't be played at all, or undefined. */
export function notPlayable(trace: Trace): string | undefined {
  for (const { op, args } of trace.steps) {
    const known = KNOWN[op];
    if (!known) return `operation ${op} is not modelled`;
    const unknown = Object.keys(args).find((name) => !known.includes(name));
    if (unknown !== undefined) return `argument ${unknown} of operation ${op} is not modelled`;
    if (op === 'create' && !MODES.has(String(args['mode'] ?? 'PERSISTENT'))) return `create mode ${args['mode']} is not modelled`;
  }
  return undefined;
}
