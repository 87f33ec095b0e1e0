import {
  addedIds,
  addPart,
  connect,
  drawnLines,
  type EditContext,
  type Edited,
  type Line,
  layout,
  mend,
  middleOf,
  type Part,
  type PartKind,
  type Refusal,
  type Run,
  type Scenario,
  type Vocabulary,
} from '../scenario/index.ts';
import { useUi } from '../ui/index.ts';
import {
  act,
  activeSide,
  drawnScenario,
  editContext,
  findLine,
  findPart,
  focusBeside,
  focusOn,
  sayRefusal,
  select,
  selected,
} from './actions.ts';
import { useDocument } from './document.ts';
import { host, useEditor } from './environment.ts';
import { freePlace, type Point, regionAt, regionsFor } from './placement.ts';

/** One thing of the palette: a kind, perhaps with preset fields. */
export interface PaletteEntry {
  readonly id: string;
  readonly kind: PartKind;
  readonly config: { readonly [name: string]: string };
}

/** All that can be added, in the order of the systems. */
export function paletteEntries(): readonly PaletteEntry[] {
  return [...host().catalogue.parts.values()].flatMap((kind) => kind.palette.map(({ id, config }) => ({ id, kind, config })));
}

/** What stands before the slash of a kind. */
export function systemOf(kind: string): string {
  return kind.slice(0, Math.max(0, kind.indexOf('/')));
}

/** What drawings of a system are made of: its own parts, and those of others that its lines lead to (ZooKeeper, for Kafka). */
export function entriesOf(system: string, catalogue: Pick<Vocabulary, 'parts' | 'lines'>): readonly PaletteEntry[] {
  const lines = [...catalogue.lines.values()].filter(({ kind }) => systemOf(kind) === system);
  const ends = new Set(lines.flatMap(({ from, to }) => [...from, ...to]));
  return [...catalogue.parts.values()]
    .filter(({ kind }) => systemOf(kind) === system || ends.has(kind))
    .flatMap((kind) => kind.palette.map(({ id, config }) => ({ id, kind, config })));
}

const REGION_SIZE = { width: 480, height: 360 };
/** A container holds a few nodes, and no lines lead through it. */
const CONTAINER_SIZE = { width: 240, height: 320 };
/** A region that comes with its first place has room at the right for the next. */
const FIRST_PLACE = 120;
/** Where the next part goes when one is selected: to its right, the way the messages go. */
const STEP = 200;

/** Adds a part where it was dropped, or at a free place near the selection or the middle of what is seen. */
export function addFromPalette(entry: PaletteEntry, dropped?: Point): void {
  const scenario = drawnScenario();
  const kindOf = (kind: string): PartKind | undefined => host().catalogue.parts.get(kind);
  const looked = lookedAt();
  const home = homeAmong(looked, entry.kind);
  const near = dropped ?? nearLooked(looked, home) ?? useEditor.getState().graphs[activeSide()]?.middle() ?? { x: 0, y: 0 };
  const region = home ?? regionAt(scenario.parts, entry.kind, near);
  const at = dropped ?? freePlace({ parts: scenario.parts, labels: labelsOf(scenario) }, entry.kind, near, kindOf, region);
  const worked = act('edit.add', (run, context) => addWithHolder(run, context, entry, at, dropped ? undefined : region), {
    selectAdded: true,
  });
  if (!worked) return;
  const { selection } = useUi.getState();
  const id = selection.find((one) => findPart(one)?.kind === entry.kind.kind);
  if (id === undefined) return;
  select([id]);
  focusOn(id);
}

/** A place needs a node to be in: where none is drawn yet, it comes with one around it. */
export function addWithHolder(run: Run, context: EditContext, entry: PaletteEntry, at: Point, region: Part | undefined): Edited<Run> {
  const { kind } = entry;
  const isRegion = kind.shape === 'region';
  const wanted = {
    kind: kind.kind,
    config: entry.config,
    ...at,
    ...(isRegion ? (kind.role === 'container' ? CONTAINER_SIZE : REGION_SIZE) : {}),
    ...(region ? { parent: region.id } : {}),
  };
  const added = addPart(run, context, wanted);
  if (added.ok || added.error.key !== 'edit.noParent' || kind.inside === undefined) return added;
  const held = addPart(run, context, { kind: kind.inside, x: at.x + FIRST_PLACE, y: at.y, ...REGION_SIZE });
  if (!held.ok) return held;
  const [parent] = addedIds(run, held.value);
  return addPart(held.value, context, { ...wanted, ...(parent === undefined ? {} : { parent }) });
}

function labelsOf(scenario: Scenario): readonly Point[] {
  const { curves } = layout(
    scenario.parts,
    drawnLines(scenario.lines, host().catalogue.lines),
    (kind) => host().catalogue.parts.get(kind) ?? 'circle',
  );
  return [...curves.values()].map(middleOf);
}

/** What a person looks at: what has the keyboard's focus, if that is not part of the selection, else the selection. */
function lookedAt(): readonly (Part | Line)[] {
  const focus = focusBeside();
  const ids = focus === undefined ? selected() : [focus];
  return ids.flatMap((id) => findPart(id) ?? findLine(id) ?? []);
}

/** The region that is looked at, or that what is looked at is in or leads to, if it may hold parts of this kind. */
function homeAmong(looked: readonly (Part | Line)[], kind: PartKind): Part | undefined {
  const [first] = looked;
  if (!first) return undefined;
  const ids = 'from' in first ? [first.to, first.from] : [first.id, first.parent];
  const regions = regionsFor(drawnScenario().parts, kind);
  return ids.flatMap((id) => regions.find((region) => region.id === id) ?? [])[0];
}

/** In the middle of a region that is looked at, else at the right of the part. */
function nearLooked(looked: readonly (Part | Line)[], home: Part | undefined): Point | undefined {
  const part = looked.find((thing): thing is Part => !('from' in thing)) ?? home;
  const shape = part && host().catalogue.parts.get(part.kind)?.shape;
  if (!part || !shape) return undefined;
  return shape === 'region' ? { x: part.x, y: part.y } : { x: part.x + STEP, y: part.y };
}

/** Draws a line, or says why it can't be and offers what would do. */
export function connectParts(from: string, to: string): boolean {
  const context = editContext();
  const before = useDocument.getState().run;
  const answer = connect(before, context, { from, to });
  if (!answer.ok) {
    sayRefusal(answer.error, () => mendLine(answer.error, from, to));
    return false;
  }
  useDocument.getState().edit('edit.connect', () => answer.value);
  const [line] = addedIds(before, answer.value);
  if (line !== undefined) {
    select([line]);
    focusOn(line);
  }
  return true;
}

/** Does what the refusal offered. */
export function mendLine(refusal: Refusal, from: string, to: string): void {
  const offer = refusal.mend;
  if (offer === undefined) return;
  act('edit.connect', (run, context) => mend(run, context, { mend: offer, from, to }), { selectAdded: true });
}

export interface ConnectTarget {
  readonly part: Part;
  /** Why no line may lead there; undefined when one may. */
  readonly refusal: Refusal | undefined;
}

/** Everything a line could lead to: what makes sense first, then what would after a mend, then the rest. */
export function connectTargets(fromId: string): readonly ConnectTarget[] {
  const scenario = drawnScenario();
  const from = scenario.parts.find((part) => part.id === fromId);
  if (!from) return [];
  const rank = ({ refusal }: ConnectTarget): number => (refusal === undefined ? 0 : refusal.mend === undefined ? 2 : 1);
  return scenario.parts
    .filter((part) => part.id !== from.id)
    .map((part): ConnectTarget => {
      const answer = host().catalogue.connect(scenario, from, part);
      return { part, refusal: 'problem' in answer ? answer : undefined };
    })
    .sort((a, b) => rank(a) - rank(b) || a.part.y - b.part.y);
}
