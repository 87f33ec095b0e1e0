import { sameJson } from '../scenario/index.ts';
import { drawingOf } from './drawing.ts';
import type { Intervention, Line, Part, Program } from './types.ts';

/** How many deeds two runs have in common from the start. */
export function commonBeginning(a: readonly Intervention[], b: readonly Intervention[]): number {
  const length = Math.min(a.length, b.length);
  let same = 0;
  while (same < length && sameDeed(a[same] as Intervention, b[same] as Intervention)) same++;
  return same;
}

/** True when two programs show every node the same until so many deeds have been done. Where things are painted does not matter. */
export function sameDrawings(a: Program, b: Program, deeds: number): boolean {
  if (a.catalogue !== b.catalogue || a.run.seed !== b.run.seed) return false;
  for (const name of ['latency', 'hop', 'detect'] as const)
    if (a.run.scenario.settings[name] !== b.run.scenario.settings[name]) return false;
  for (let count = 0; count <= deeds; count++) {
    const one = drawingOf(a, count);
    const other = drawingOf(b, count);
    if (count > 0 && one === drawingOf(a, count - 1) && other === drawingOf(b, count - 1)) continue;
    if (!sameList([...one.parts.values()], [...other.parts.values()], samePart)) return false;
    if (!sameList([...one.lines.values()], [...other.lines.values()], sameLine)) return false;
  }
  return true;
}

function sameDeed(a: Intervention, b: Intervention): boolean {
  return a === b || (a.at === b.at && a.verb === b.verb && a.target === b.target && sameJson(a.args, b.args));
}

function samePart(a: Part, b: Part): boolean {
  return a.id === b.id && a.kind === b.kind && a.name === b.name && a.parent === b.parent && sameJson(a.config, b.config);
}

function sameLine(a: Line, b: Line): boolean {
  return a.id === b.id && a.kind === b.kind && a.from === b.from && a.to === b.to && sameJson(a.config, b.config);
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((entry, i) => entry === b[i] || same(entry, b[i] as T));
}
