import { groupBy, type PartId } from '../../base/index.ts';
import { type Rect, rectOf } from '../geometry.ts';
import { LANES, lanesHeight } from '../lanes.ts';
import { freshIds } from '../run.ts';
import { sameJson } from '../same.ts';
import type { Part, Run, Scenario } from '../types.ts';
import type { Companion, Vocabulary } from '../vocabulary.ts';
import { closureOf, type EditContext, without } from './context.ts';
import { withRoom } from './room.ts';

/** Between a companion and what stands above it in the same region: its name is there. */
const ABOVE = 56;

/**
 * The wanted scenario with the companions that its parts ask for. Only what the edit has changed of them counts: a drawing that does
 * without some is its author's. In a cluster that runs things are where it has put them: an edit then adds the companions of what
 * it adds and takes away those of what it removes, no more.
 */
export function accompanied(run: Run, context: EditContext, before: Scenario, wanted: Scenario): Scenario {
  const { vocabulary, at } = context;
  if (!vocabulary.companions) return wanted;
  const was = asked(before, run, context);
  const now = asked(wanted, run, context);
  const isNewOrGone = (id: PartId) => [before, wanted].some(({ parts }) => !parts.some((part) => part.id === id));
  const changed = [...new Set([...was.keys(), ...now.keys()])].filter(
    (id) => !sameJson(was.get(id) ?? [], now.get(id) ?? []) && (at === 0 || isNewOrGone(id)),
  );
  if (changed.length === 0) return wanted;
  const ids = freshIds({ ...run, scenario: { ...run.scenario, parts: [...run.scenario.parts, ...wanted.parts] } });
  let result = wanted;
  for (const id of changed) {
    // What joins later is renamed and taken out from the start; what it has in addition would be there before it.
    const freshId = at === 0 && joinsLater(run, id) ? undefined : () => ids('p');
    result = settled(result, was.get(id) ?? [], now.get(id) ?? [], freshId, vocabulary);
  }
  return result;
}

type Asked = readonly Companion[];

function comingsOf({ interventions }: Run, id: PartId) {
  return interventions.filter(({ verb, target }) => target === id && (verb === 'join' || verb === 'leave'));
}

function joinsLater(run: Run, id: PartId): boolean {
  return comingsOf(run, id)[0]?.verb === 'join';
}

/** By the part that asks for them: what is there at the time of the edit, and from the start what joins later, too. */
function asked(scenario: Scenario, run: Run, { at, vocabulary }: EditContext): ReadonlyMap<PartId, Asked> {
  const isPresent = (id: PartId) => {
    const last = at === 0 ? undefined : comingsOf(run, id).findLast((one) => one.at <= at);
    return last ? last.verb === 'join' : !joinsLater(run, id);
  };
  const parts = scenario.parts.filter(({ id, parent }) => isPresent(id) && (parent === undefined || isPresent(parent)));
  const present = vocabulary.companions?.({ ...scenario, parts }, at === 0) ?? [];
  const later = at === 0 ? (vocabulary.companions?.(scenario, false) ?? []).filter(({ of }) => joinsLater(run, of)) : [];
  return groupBy([...present, ...later], ({ of }) => of);
}

/** What one part asks for: renamed with it, as many as it needs, and each as high as its lanes unless someone has sized it. */
function settled(scenario: Scenario, was: Asked, now: Asked, freshId: (() => PartId) | undefined, vocabulary: Vocabulary): Scenario {
  let result = renamed(scenario, was, now);
  const name = now[0]?.name ?? was[0]?.name;
  const stands = (parts: readonly Part[], one: Companion) =>
    parts.find(({ kind, parent, name: own }) => kind === one.kind && parent === one.parent && own === name);
  const needless = was.filter((one) => !now.some(({ parent }) => parent === one.parent)).flatMap((one) => stands(result.parts, one) ?? []);
  result = without(result, closureOf(result, new Set(needless.map(({ id }) => id))));
  for (const one of now) {
    const there = stands(result.parts, one);
    const old = was.find(({ parent }) => parent === one.parent);
    const part = there ? resized(there, old, one) : freshId && drawn(result, one, freshId(), vocabulary);
    if (!part || part === there) continue;
    const parts = there ? result.parts.map((other) => (other === there ? part : other)) : [...result.parts, part];
    result = withRoom(result, { ...result, parts }, [part.id], vocabulary);
  }
  return result;
}

function renamed(scenario: Scenario, was: Asked, now: Asked): Scenario {
  const [before, after] = [was[0], now[0]];
  if (!before || !after || before.name === after.name) return scenario;
  const parts = scenario.parts.map((part) =>
    part.kind === before.kind && part.name === before.name ? { ...part, name: after.name } : part,
  );
  return { ...scenario, parts };
}

function heightOf({ lanes }: Companion): number {
  return lanesHeight(Math.min(LANES.shownAtFirst, lanes));
}

function resized(part: Part, was: Companion | undefined, now: Companion): Part {
  if (!was || part.height !== heightOf(was) || part.height === heightOf(now)) return part;
  return { ...part, y: part.y + (heightOf(now) - part.height) / 2, height: heightOf(now) };
}

/** Where its part is in its own region, or under all that is in this one. */
function drawn(scenario: Scenario, one: Companion, id: PartId, vocabulary: Vocabulary): Part | undefined {
  const by = new Map(scenario.parts.map((part) => [part.id, part]));
  const [source, region] = [by.get(one.of), by.get(one.parent)];
  const home = by.get(source?.parent ?? '');
  if (!source || !region || !home) return undefined;
  const rect = (part: Part): Rect => rectOf(part, vocabulary.parts.get(part.kind) ?? 'rail');
  const [from, origin, box] = [rect(source), rect(home), rect(region)];
  const size = { width: from.width, height: heightOf(one) };
  const wished = { ...size, x: box.x + from.x - origin.x, y: box.y + from.y - origin.y };
  const others = scenario.parts.filter(({ parent }) => parent === region.id).map(rect);
  const isFree = !others.some((other) => overlap(other, { ...wished, y: wished.y - ABOVE, height: size.height + 2 * ABOVE }));
  const y = isFree ? wished.y : Math.max(...others.map((other) => other.y + other.height)) + ABOVE;
  const middle = { x: Math.round(wished.x + size.width / 2), y: Math.round(y + size.height / 2) };
  return { id, kind: one.kind, name: one.name, ...middle, parent: region.id, ...size, config: {} };
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
