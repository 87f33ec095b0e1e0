import type { Json } from '../base/index.ts';
import type { Badge, Lane, PartView } from '../engine/index.ts';
import { hasText, type TextArgs } from '../i18n/index.ts';
import { type Config, type FieldTable, type Line, type LineKind, type Part, type PartKind, withDefaults } from '../scenario/index.ts';
import type { Texts } from '../ui/index.ts';

const SEPARATOR = ' · ';
/** A header table on a line is cut here; the whole of it is in the form. */
const TABLE_SHOWN = 3;

export type FaceStatus = PartView['status'];

export function statusOf(view: PartView | undefined): FaceStatus {
  return view?.status ?? 'up';
}

/** A kind as part of an i18n key. */
export function dotted(kind: string): string {
  return kind.replaceAll('/', '.');
}

/**
 * Field values as arguments of a sentence: lists as their length, tables as `name=value`, empty ones as 'none'; with
 * `<name>Given`, yes or no, for what is not left at its default.
 */
export function faceArgs(fields: FieldTable, config: Config): TextArgs {
  const full = withDefaults(fields, config);
  return Object.fromEntries(
    fields.flatMap(({ name }) => [
      [name, plain(full[name])],
      [`${name}Given`, config[name] === undefined ? 'no' : 'yes'],
    ]),
  );
}

function plain(value: Json | undefined): string | number {
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'object' && value !== null) return tableText(Object.entries(value));
  return String(value);
}

function tableText(entries: readonly (readonly [string, Json])[]): string {
  if (entries.length === 0) return 'none';
  const shown = entries.slice(0, TABLE_SHOWN).map(([name, value]) => `${name}=${String(value)}`);
  return [...shown, ...(entries.length > TABLE_SHOWN ? ['…'] : [])].join(', ');
}

/** What a part is set to, in a few words: the sentence `face.<kind>`, made from its fields. */
function settings(t: Texts, kind: string, fields: FieldTable, config: Config): string {
  const key = `face.${dotted(kind)}`;
  return hasText(key) ? t(key, faceArgs(fields, config)).trim() : '';
}

/** What does nothing at all: that says enough. */
const IDLE: ReadonlySet<FaceStatus> = new Set(['down', 'hung', 'failed', 'unstarted']);

/** What is out of the ordinary about a part that is there; '' when nothing is. Of one that waits: what it waits for, if it says so. */
export function statusWord(t: Texts, view: PartView | undefined): string {
  if (view === undefined || view.status === 'up' || view.status === 'absent') return '';
  const waitsFor = view.status === 'blocked' ? view.figures.find(({ key }) => key === 'waitsFor') : undefined;
  return waitsFor ? valueWord(t, waitsFor.value) : t(`editor.status.${view.status}`);
}

/** How a part is doing, in a few words; '' when there is nothing to say. */
export function stateLine(t: Texts, view: PartView | undefined): string {
  if (!view) return '';
  const status = statusWord(t, view);
  return IDLE.has(view.status) ? status : [status, workLine(t, view)].filter((text) => text !== '').join(SEPARATOR);
}

/** What it is in charge of, and what it holds. */
function workLine(t: Texts, view: PartView): string {
  const said: string[] = [];
  const role = view.figures.find(({ key }) => key === 'role');
  if (role) said.push(t.dynamic(`value.${role.value}`));
  if (view.store?.isBuffer) said.push(t('editor.face.buffer', { count: view.store.readyCount }));
  else if (view.store) said.push(t('editor.face.store', { ready: view.store.readyCount, unacked: view.store.unackedCount }));
  if (view.lanes) said.push(lanesLine(t, view.lanes));
  if (view.window && view.window.limit > 0) said.push(t('editor.face.window', { used: view.window.used, limit: view.window.limit }));
  return said.filter((text) => text !== '').join(SEPARATOR);
}

/** What is kept, and how many numbers before the end have nothing more behind them. */
function lanesLine(t: Texts, lanes: readonly Lane[]): string {
  const kept = lanes.reduce((sum, lane) => sum + lane.kept, 0);
  const numbers = lanes.reduce((sum, { start, end }) => sum + end - start, 0);
  return t('lane.face', { lanes: lanes.length, kept, gaps: numbers - kept });
}

/** The state of a container: its first figure, if that is a word. */
export function stateWord(t: Texts, view: PartView | undefined): string {
  const value = view?.figures[0]?.value;
  return typeof value === 'string' ? valueWord(t, value) : '';
}

/** Figures of a container beside its state: there is room for these many, the panel has all. */
const FIGURES_SHOWN = 3;

/** The other figures of a container, in one line. */
export function figureLine(t: Texts, view: PartView | undefined): string {
  const figures = (view?.figures.filter(({ value }, i) => i > 0 || typeof value !== 'string') ?? []).slice(0, FIGURES_SHOWN);
  return figures
    .map(({ key, value }) => t('editor.face.figure', { name: t.dynamic(`figure.${key}`), value: valueWord(t, value) }))
    .join(SEPARATOR);
}

function valueWord(t: Texts, value: number | string | boolean): string {
  if (typeof value === 'boolean') return t.dynamic(value ? 'words.yes' : 'words.no');
  return typeof value === 'string' && hasText(`value.${value}`) ? t.dynamic(`value.${value}`) : String(value);
}

/** The one line beside a box's name; how it is doing, and what it is in charge of, have badges of their own. */
export function regionLine(t: Texts, part: Part, kind: PartKind, view: PartView | undefined): string {
  return view && view.status !== 'up' ? faceLine(t, part, kind, { ...view, status: 'up' }) : faceLine(t, part, kind, view);
}

/** The one line under a part's name: how it is doing, then what it is set to. */
export function faceLine(t: Texts, part: Part, kind: PartKind, view: PartView | undefined): string {
  const state = stateLine(t, view);
  // A role says more than a type, so does what it waits for, and there is room for one line.
  if ((view && IDLE.has(view.status)) || view?.figures.some(({ key }) => key === 'role' || key === 'waitsFor')) return state;
  return [state, settings(t, kind.kind, kind.fields, part.config)].filter((text) => text !== '').join(SEPARATOR);
}

/** What a part is beyond its kind: the offices that it holds, or the better word for what it is. */
export function badgeWords(t: Texts, view: PartView | undefined, as: Badge['as']): string {
  const badges = view?.badges?.filter((badge) => badge.as === as) ?? [];
  return badges.map(({ key }) => t.dynamic(`badge.${key}`)).join(SEPARATOR);
}

/** What stands on a line: a binding's key or what its headers must say. '' = no label. */
export function lineLabel(t: Texts, line: Line, kind: LineKind): string {
  return settings(t, kind.kind, kind.fields, line.config);
}
