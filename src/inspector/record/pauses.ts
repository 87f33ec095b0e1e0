import type { Micros, PartId } from '../../base/index.ts';
import type { Phase, Reading, Span } from './phases.ts';

/** Nobody of those who belong together takes from a lane. */
export interface Pause extends Span {
  /** Who took from it last, and who takes from it next, if anyone as far as is known. */
  readonly before: PartId;
  readonly after: PartId | undefined;
}

/**
 * When each lane stood still: between two of its readings, whoever they are. What one reader gives away and another takes
 * over stands still in between; what nobody gives away is read all the time, whatever its readers agree on meanwhile.
 */
export function pausesOf(
  readers: readonly PartId[],
  readings: ReadonlyMap<PartId, readonly Reading[]>,
): ReadonlyMap<string, readonly Pause[]> {
  const byLane = new Map<string, { reader: PartId; from: Micros; to: Micros | undefined }[]>();
  for (const reader of readers)
    for (const { lane, from, to } of readings.get(reader) ?? []) {
      const known = byLane.get(lane);
      if (known) known.push({ reader, from, to });
      else byLane.set(lane, [{ reader, from, to }]);
    }
  const lanes = [...byLane].sort(([a], [b]) => byNumber(a, b));
  return new Map(lanes.map(([lane, own]) => [lane, gaps(own.sort((a, b) => a.from - b.from))]));
}

function gaps(readings: readonly { readonly reader: PartId; readonly from: Micros; readonly to: Micros | undefined }[]): readonly Pause[] {
  const pauses: Pause[] = [];
  let last: { readonly reader: PartId; readonly to: Micros | undefined } | undefined;
  for (const { reader, from, to } of readings) {
    if (last?.to !== undefined && last.to < from) pauses.push({ from: last.to, to: from, before: last.reader, after: reader });
    // Of two that read at a time, the one that reads longer counts.
    if (!last || (last.to !== undefined && (to === undefined || to >= last.to))) last = { reader, to };
  }
  if (last?.to !== undefined) pauses.push({ from: last.to, to: undefined, before: last.reader, after: undefined });
  return pauses;
}

/**
 * The one phase that a pause belongs to, whole: the last of those that it lasts in. What stands still after a crash stands
 * before the phase that mends it, too. Undefined: it lasts in none, as far as is known.
 */
export function phaseOf(pause: Span, phases: readonly Phase[]): Phase | undefined {
  return phases.findLast(({ from, to }) => from <= endOf(pause) && pause.from <= (to ?? Number.POSITIVE_INFINITY));
}

function endOf({ to }: Span): number {
  return to ?? Number.POSITIVE_INFINITY;
}

/** What is told of the pauses at a moment. */
export interface PausesNow {
  /** The phase that they belong to. Undefined: those of no phase, or of one that has not begun. */
  readonly phase: Phase | undefined;
  readonly lanes: readonly { readonly lane: string; readonly pauses: readonly Pause[] }[];
}

/** Those of the latest phase; what stands still since then while no other phase has begun is told instead, without any. Before all phases, those of the whole run. */
export function pausesAt(lanes: ReadonlyMap<string, readonly Pause[]>, phases: readonly Phase[], time: number): PausesNow {
  const phase = phases.findLast(({ from }) => from <= time);
  const where = (isMeant: (pause: Pause) => boolean) => [...lanes].map(([lane, all]) => ({ lane, pauses: all.filter(isMeant) }));
  if (!phase) return { phase, lanes: where(() => true) };
  const open = where((pause) => {
    const own = phaseOf(pause, phases);
    return pause.from <= time && time < endOf(pause) && (own === undefined || own.from > time);
  });
  if (open.some(({ pauses }) => pauses.length > 0)) return { phase: undefined, lanes: open };
  return { phase, lanes: where((pause) => phaseOf(pause, phases) === phase) };
}

/** How long these spans last together; where they overlap, time counts once. */
export function lengthOf(spans: readonly { readonly from: number; readonly to: number | undefined }[], until: number): number {
  let sum = 0;
  let covered = Number.NEGATIVE_INFINITY;
  for (const { from, to = until } of [...spans].sort((a, b) => a.from - b.from)) {
    if (to <= covered) continue;
    sum += to - Math.max(from, covered);
    covered = to;
  }
  return sum;
}

/** `orders-2` before `orders-10`. */
function byNumber(a: string, b: string): number {
  const [storeA, numberA] = split(a);
  const [storeB, numberB] = split(b);
  if (storeA !== storeB) return storeA < storeB ? -1 : 1;
  return numberA - numberB;
}

function split(lane: string): readonly [string, number] {
  const at = lane.lastIndexOf('-');
  return [lane.slice(0, at), Number(lane.slice(at + 1))];
}
