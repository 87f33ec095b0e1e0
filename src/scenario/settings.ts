import { fromMillis } from '../base/index.ts';
import { withDefaults } from './check.ts';
import type { FieldTable } from './fields.ts';
import { DOCUMENT_LIMITS } from './limits.ts';
import type { Config, Settings } from './types.ts';
import type { Trait } from './vocabulary.ts';

/** Names the texts of the settings' fields: `field.scenario.settings.<name>.label` and so on. */
export const SETTINGS_KIND = 'scenario/settings';

const longest = DOCUMENT_LIMITS.time / 1_000;

/** The settings of a scenario as people see them: times in whole milliseconds. The document holds them in µs. */
export const SETTINGS_FIELDS = [
  { name: 'latency', type: 'integer', min: 0, max: 60_000, initial: 400, unit: 'ms' },
  { name: 'hop', type: 'integer', min: 0, max: 60_000, initial: 300, unit: 'ms' },
  { name: 'until', type: 'integer', min: 1, max: longest, initial: 30_000, unit: 'ms' },
  { name: 'detect', type: 'integer', min: 0, max: longest, initial: 60_000, unit: 'ms', advanced: true },
  { name: 'colourBy', type: 'choice', options: ['key', 'lane', 'producer', 'message'], initial: 'key' },
] as const satisfies FieldTable;

/** Settings about something that only some systems have. */
const NEEDS: { readonly [field: string]: Trait } = { hop: 'routing' };
const OPTION_NEEDS: { readonly [option: string]: Trait } = { lane: 'lanes' };

/** The settings that mean something to these systems; what is chosen already stays on offer. */
export function settingsFields(traits: ReadonlySet<Trait>, { colourBy }: Pick<Settings, 'colourBy'>): FieldTable {
  const has = (trait: Trait | undefined) => trait === undefined || traits.has(trait);
  return SETTINGS_FIELDS.filter(({ name }) => has(NEEDS[name])).map((field) =>
    field.type === 'choice'
      ? { ...field, options: field.options.filter((option) => option === colourBy || has(OPTION_NEEDS[option])) }
      : field,
  );
}

/** Settings from what a form or file says in milliseconds; what it leaves out gets its default. */
export function settingsFrom(config: Config): Settings {
  const full = withDefaults(SETTINGS_FIELDS, config) as { [name: string]: number } & { colourBy: Settings['colourBy'] };
  return {
    latency: fromMillis(full['latency'] as number),
    hop: fromMillis(full['hop'] as number),
    until: fromMillis(full['until'] as number),
    detect: fromMillis(full['detect'] as number),
    colourBy: full.colourBy,
  };
}

/** What a form shows of them. Times that are no whole milliseconds are rounded for it. */
export function settingsForm(settings: Settings): Config {
  const millis = (micros: number) => Math.round(micros / 1_000);
  return {
    latency: millis(settings.latency),
    hop: millis(settings.hop),
    until: millis(settings.until),
    detect: millis(settings.detect),
    colourBy: settings.colourBy,
  };
}

export const DEFAULT_SETTINGS: Settings = settingsFrom({});
