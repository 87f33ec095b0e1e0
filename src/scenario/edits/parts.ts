import type { PartId } from '../../base/index.ts';
import { rectOf, SHAPE_SIZES } from '../geometry.ts';
import { DOCUMENT_LIMITS } from '../limits.ts';
import { freshIds } from '../run.ts';
import type { Config, Part, Run, Scenario } from '../types.ts';
import { isSizable, type PartKind, type Vocabulary } from '../vocabulary.ts';
import { checkedConfig, closureOf, type EditContext, type Edited, partOf, refuse, without } from './context.ts';
import { holding, homeOf, regionAt, within } from './regions.ts';
import { withRoom } from './room.ts';
import { edit } from './settle.ts';

export interface NewPart {
  readonly kind: string;
  readonly config?: Config;
  readonly x: number;
  readonly y: number;
  /** The node to put a place into; without it the one at that point, or the first that can hold it. */
  readonly parent?: PartId;
  /** Without it: the kind's stem and the next free number. */
  readonly name?: string;
  readonly width?: number;
  readonly height?: number;
}

/** Puts a new part on the canvas. Its id is in `addedIds(before, after)`. */
export function addPart(run: Run, context: EditContext, wanted: NewPart): Edited<Run> {
  const kind = context.vocabulary.parts.get(wanted.kind);
  if (!kind) return refuse('', 'kind.unknown', { args: { kind: wanted.kind } });
  const config = checkedConfig(kind.fields, '', wanted.config ?? {});
  if (!config.ok) return config;
  const id = freshIds(run)('p');
  return edit(run, context, (scenario) => {
    const point = { x: coordinate(wanted.x), y: coordinate(wanted.y) };
    const parent = parentFor(scenario, context.vocabulary, kind, wanted, point);
    if (kind.inside !== undefined && !parent)
      return refuse('', 'edit.noParent', { remedy: 'edit.addParent', args: { kind: kind.kind, inside: kind.inside } });
    const name = wanted.name ?? freeName(scenario, context.vocabulary, kind, parent?.id);
    if (!isName(name)) return refuse('', 'name.length', { args: { max: DOCUMENT_LIMITS.nameLength } });
    const middle =
      parent && wanted.parent === undefined ? within(parent, { form: kind, config: config.value }, point, context.vocabulary) : point;
    const part: Part = {
      id,
      kind: kind.kind,
      name,
      ...middle,
      ...(parent && { parent: parent.id }),
      ...sizeFor(kind, wanted),
      config: config.value,
    };
    const held = holding({ ...scenario, parts: [...scenario.parts, part] }, [id], context.vocabulary);
    return { ok: true, value: withRoom(scenario, held, [id], context.vocabulary) };
  });
}

/** Takes parts and lines out, with all that hangs on them. */
export function remove(run: Run, context: EditContext, ids: readonly string[]): Edited<Run> {
  return edit(run, context, (scenario) => {
    const known = ids.filter((id) => partOf(scenario, id) || scenario.lines.some((line) => line.id === id));
    return { ok: true, value: known.length === 0 ? scenario : without(scenario, closureOf(scenario, known)) };
  });
}

/** Gives a part another name. Names are text; that two queues must not share one is the pack's to say. */
export function rename(run: Run, context: EditContext, id: PartId, name: string): Edited<Run> {
  const clean = name.trim();
  if (clean === '' || !isName(clean)) return refuse(id, 'name.length', { args: { max: DOCUMENT_LIMITS.nameLength } });
  return changePart(run, context, id, (part) => (part.name === clean ? part : { ...part, name: clean }));
}

/** Another size for a part that is drawn as a region or as lanes, and with it perhaps another middle. */
export function resize(
  run: Run,
  context: EditContext,
  id: PartId,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Edited<Run> {
  return changePart(run, context, id, (part) => ({
    ...part,
    x: coordinate(box.x),
    y: coordinate(box.y),
    ...regionSize(box.width, box.height),
  }));
}

/** A region is as large as it is drawn; lanes find their size by themselves until someone sizes them. */
function sizeFor({ shape }: PartKind, { width, height }: NewPart): Pick<Part, 'width' | 'height'> {
  if (shape === 'lanes' && width === undefined && height === undefined) return {};
  if (!isSizable(shape)) return {};
  return regionSize(width ?? SHAPE_SIZES[shape].width, height ?? SHAPE_SIZES[shape].height);
}

export function regionSize(width: number, height: number): { readonly width: number; readonly height: number } {
  const { regionSizeMin, regionSizeMax } = DOCUMENT_LIMITS;
  const bounded = (size: number) => Math.min(regionSizeMax, Math.max(regionSizeMin, 2 * Math.round(size / 2)));
  return { width: bounded(width), height: bounded(height) };
}

/** A whole coordinate within the canvas. */
export function coordinate(value: number): number {
  const { coordinate: furthest } = DOCUMENT_LIMITS;
  return Math.min(furthest, Math.max(-furthest, Math.round(value))) + 0;
}

/** `<stem>-1`, `<stem>-2` …: the first that no other part of the same node has; for nodes and containers, no other of those. */
export function freeName(
  scenario: Scenario,
  vocabulary: Vocabulary,
  { kind, nameStem: stem }: Pick<PartKind, 'kind' | 'nameStem'>,
  parent: PartId | undefined,
): string {
  const isBeside = besides(vocabulary, kind, parent);
  const taken = new Set(scenario.parts.filter(isBeside).map((part) => part.name));
  let number = 1;
  while (taken.has(`${stem}-${number}`)) number++;
  return `${stem}-${number}`;
}

/** Parts that a part of this kind must not share its name with: places of one node, or all that is no place. */
export function besides(vocabulary: Vocabulary, kind: string, parent: PartId | undefined): (part: Part) => boolean {
  const isPlace = (name: string) => vocabulary.parts.get(name)?.role === 'place';
  return isPlace(kind) ? (part) => part.parent === parent : (part) => !isPlace(part.kind);
}

function isName(name: string): boolean {
  return name.length <= DOCUMENT_LIMITS.nameLength;
}

function changePart(run: Run, context: EditContext, id: PartId, change: (part: Part) => Part): Edited<Run> {
  return edit(run, context, (scenario) => {
    const old = partOf(scenario, id);
    if (!old) return refuse(id, 'edit.gone');
    const part = change(old);
    return { ok: true, value: part === old ? scenario : { ...scenario, parts: scenario.parts.map((p) => (p === old ? part : p)) } };
  });
}

function parentFor(
  scenario: Scenario,
  vocabulary: Vocabulary,
  kind: PartKind,
  wanted: NewPart,
  point: { readonly x: number; readonly y: number },
): Part | undefined {
  const home = homeOf(kind);
  if (home === undefined) return undefined;
  if (wanted.parent !== undefined) {
    const parent = partOf(scenario, wanted.parent);
    return parent?.kind === home ? parent : undefined;
  }
  const under = regionAt(scenario, home, point, rectFor(vocabulary));
  return under ?? (kind.inside === undefined ? undefined : scenario.parts.find((part) => part.kind === home));
}

function rectFor(vocabulary: Vocabulary) {
  return (part: Part) => rectOf(part, vocabulary.parts.get(part.kind) ?? 'region');
}
