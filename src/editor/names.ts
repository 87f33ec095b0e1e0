import type { PartView } from '../engine/index.ts';
import type { Line, LineKind, Part, PartKind } from '../scenario/index.ts';
import type { Texts } from '../ui/index.ts';
import { badgeWords, dotted, figureLine, lineLabel, stateLine, stateWord, statusWord } from './faces.ts';
import { signOf } from './signs.ts';

/** What a kind is called: `kind.<kind>`, for instance "topic exchange". */
export function kindName(t: Texts, kind: PartKind, part?: Part): string {
  return t.dynamic(`kind.${dotted(signOf(kind, part?.config ?? {}))}`);
}

export function lineKindName(t: Texts, kind: LineKind): string {
  return t.dynamic(`kind.${dotted(kind.kind)}`);
}

/** Kind, name and state: "queue work, 4 ready, 2 unacknowledged". `isShown`: whether frames of a verb are shown at all. */
export function accessibleName(
  t: Texts,
  part: Part,
  kind: PartKind,
  view: PartView | undefined,
  isPresent: boolean,
  isShown: (verb: string) => boolean = () => true,
): string {
  const name = t('editor.name.part', { kind: badgeWords(t, view, 'kind') || kindName(t, kind, part), name: part.name });
  if (!isPresent) return t('editor.name.with', { name, state: t('editor.status.absent') });
  const waiting = view?.waiting?.filter(({ verb }) => isShown(verb)).length ?? 0;
  const waits = waiting > 0 ? t('editor.name.waiting', { count: waiting }) : '';
  const how = spoken(t, kind, view);
  // Behind a list of lanes it would be taken for the last one's.
  const state = (view?.lanes ? [waits, how] : [how, waits]).filter((text) => text !== '').join(t('editor.name.comma'));
  return state === '' ? name : t('editor.name.with', { name, state });
}

function spoken(t: Texts, kind: PartKind, view: PartView | undefined): string {
  const role = view?.figures.find(({ key }) => key === 'role');
  if (view?.lanes) return spokenLanes(t, view);
  const store = view?.store && t('editor.name.store', { ready: view.store.readyCount, unacked: view.store.unackedCount });
  if (store)
    return [statusWord(t, view), role ? t.dynamic(`value.${role.value}`) : '', store]
      .filter((text) => text !== '')
      .join(t('editor.name.comma'));
  const working = view?.work && view.work.length > 0 ? [t('editor.name.working', { count: view.work.length })] : [];
  const figures = kind.role === 'container' ? [stateWord(t, view), figureLine(t, view)] : [];
  const said = [badgeWords(t, view, 'office'), stateLine(t, view), ...figures, ...working].filter((text) => text !== '');
  return said.join(t('editor.name.comma'));
}

/** Lanes that are read aloud one by one. */
const LANES_SPOKEN = 6;

function spokenLanes(t: Texts, { lanes = [], status }: PartView): string {
  const said = lanes
    .slice(0, LANES_SPOKEN)
    .map(({ key, role, start, end, kept }) =>
      t('lane.spoken', { key, role: t.dynamic(`value.${role}`), start, end, gaps: end - start - kept }),
    );
  if (lanes.length > LANES_SPOKEN) said.push(t('lane.more', { count: lanes.length - LANES_SPOKEN }));
  const all = t('lane.spoken.all', { lanes: lanes.length, said: said.join(t('editor.name.semicolon')) });
  return [...(status === 'down' ? [t('editor.status.down')] : []), all].join(t('editor.name.comma'));
}

export interface LineState {
  readonly isCut: boolean;
  readonly isPresent: boolean;
  readonly routed: 'matched' | 'unmatched' | undefined;
}

/** "binding logs to work, key order.*, matched". */
export function lineName(
  t: Texts,
  line: Line,
  kind: LineKind,
  ends: { readonly from: string; readonly to: string },
  state: LineState,
): string {
  const label = lineLabel(t, line, kind);
  const said = [
    t('editor.name.line', { kind: lineKindName(t, kind), ...ends }),
    ...(label === '' ? [] : [label]),
    ...(state.isCut ? [t('editor.status.cut')] : []),
    ...(state.isPresent ? [] : [t('editor.status.absent')]),
    ...(state.routed ? [t(`editor.routed.${state.routed}`)] : []),
  ];
  return said.join(t('editor.name.comma'));
}
