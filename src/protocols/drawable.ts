import { type Catalogue, makeCatalogue, type Pack } from '../engine/index.ts';
import type { LineKind, PartKind } from '../scenario/index.ts';
import { vocabulary as rabbitmq } from './rabbitmq/vocabulary.ts';

const FIRST: Pack = {
  ...{ protocol: 'rabbitmq', vocabulary: rabbitmq, kernels: new Map(), marks: {} },
  messageFields: rabbitmq.messageFields?.('') ?? [],
};

let known = makeCatalogue([FIRST]);
const parts = new Map<string, PartKind>(known.parts);
const lines = new Map<string, LineKind>(known.lines);

/**
 * What can be drawn, without how it behaves: all that a page needs to show and edit a scenario before the kernels have
 * been loaded. At first it knows the system of the first picture; `loadSystems` adds the others.
 */
export const drawable: Catalogue = {
  parts,
  lines,
  kernels: known.kernels,
  marks: known.marks,
  frameName: (verb) => known.frameName(verb),
  marksOf: (kind) => known.marksOf(kind),
  traitsOf: (parts) => known.traitsOf(parts),
  speaks: (parts) => known.speaks(parts),
  messageFields: (kind) => known.messageFields(kind),
  suggestMessage: (scenario, target) => known.suggestMessage?.(scenario, target) ?? {},
  connect: (scenario, from, to) => known.connect(scenario, from, to),
  mend: (scenario, mend, from, to) => known.mend(scenario, mend, from, to),
  implied: (scenario) => known.implied(scenario),
  companions: (scenario, isFromStart) => known.companions?.(scenario, isFromStart) ?? [],
  checkLive: (scenario, before, after) => known.checkLive?.(scenario, before, after),
  check: (scenario) => known.check(scenario),
};

let loading: Promise<void> | undefined;

/** Fetches all other systems: before anything is read that may hold them, and once the first picture is there. */
export function loadSystems(): Promise<void> {
  loading ??= import('./drawableRest.ts').then(({ REST }) => {
    known = makeCatalogue([FIRST, ...REST]);
    for (const [kind, part] of known.parts) parts.set(kind, part);
    for (const [kind, line] of known.lines) lines.set(kind, line);
  });
  return loading;
}
