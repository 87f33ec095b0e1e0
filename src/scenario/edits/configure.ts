import { checkConfig } from '../check.ts';
import { DOCUMENT_LIMITS } from '../limits.ts';
import { sameJson } from '../same.ts';
import { SETTINGS_FIELDS, settingsForm, settingsFrom } from '../settings.ts';
import type { Config, Run } from '../types.ts';
import { applyChanges } from '../variant.ts';
import { checkedConfig, type EditContext, type Edited, fieldsOf, lineOf, partOf, refuse } from './context.ts';
import { edit, pruned, withBase } from './settle.ts';

/** Changes some fields of a part or line; null puts one back to its default. */
export function configure(run: Run, context: EditContext, id: string, changes: Config): Edited<Run> {
  return edit(run, context, (scenario) => {
    const thing = partOf(scenario, id) ?? lineOf(scenario, id);
    if (!thing) return refuse(id, 'edit.gone');
    const config = checkedConfig(fieldsOf(context.vocabulary, thing.kind), id, applyChanges(thing.config, changes));
    if (!config.ok) return config;
    if (sameJson(config.value, thing.config)) return { ok: true, value: scenario };
    const changed = <T extends { readonly id: string }>(other: T): T => (other.id === id ? { ...other, config: config.value } : other);
    return { ok: true, value: { ...scenario, parts: scenario.parts.map(changed), lines: scenario.lines.map(changed) } };
  });
}

/** Changes settings, with times in milliseconds as the form has them. They hold for both sides and the whole run. */
export function setSettings(run: Run, changes: Config): Edited<Run> {
  const problem = checkConfig(SETTINGS_FIELDS, changes)[0];
  if (problem) return { ok: false, error: { where: 'settings', ...problem } };
  const { scenario } = run;
  const old = settingsForm(scenario.settings);
  // A field that is not changed keeps its µs even where they are no whole milliseconds.
  const wanted = settingsFrom({ ...old, ...changes });
  const changed = Object.fromEntries(
    Object.entries(wanted).filter(([name]) => Object.hasOwn(changes, name) && changes[name] !== old[name]),
  );
  if (Object.keys(changed).length === 0) return { ok: true, value: run };
  return { ok: true, value: withBase(run, { ...scenario, settings: { ...scenario.settings, ...changed } }) };
}

/** Title and introduction of the document. On side b the title is the variant's; the introduction is shared. */
export function retitle(
  run: Run,
  texts: { readonly title?: string; readonly intro?: string; readonly variantTitle?: string },
): Edited<Run> {
  const { scenario, variant } = run;
  const { titleLength, introLength } = DOCUMENT_LIMITS;
  if ([texts.title, texts.variantTitle].some((title) => title !== undefined && title.length > titleLength))
    return refuse('title', 'title.length', { args: { max: titleLength } });
  if (texts.intro !== undefined && texts.intro.length > introLength) return refuse('intro', 'title.length', { args: { max: introLength } });
  const title = texts.title ?? scenario.title;
  const intro = texts.intro ?? scenario.intro;
  return {
    ok: true,
    value: {
      ...run,
      scenario: { ...scenario, title, intro },
      ...(variant && { variant: { ...variant, title: texts.variantTitle ?? variant.title } }),
    },
  };
}

/** Another seed: the same drawing with other luck. */
export function reseed(run: Run, seed: number): Edited<Run> {
  if (!Number.isInteger(seed) || seed < 0 || seed > DOCUMENT_LIMITS.seed)
    return refuse('seed', 'field.range', { args: { name: 'seed', min: 0, max: DOCUMENT_LIMITS.seed } });
  return { ok: true, value: { ...run, seed } };
}

/** Begins a variant beside the scenario, at first without a difference. */
export function addVariant(run: Run, title: string): Edited<Run> {
  if (run.variant) return { ok: true, value: run };
  if (title.length > DOCUMENT_LIMITS.titleLength) return refuse('title', 'title.length', { args: { max: DOCUMENT_LIMITS.titleLength } });
  return { ok: true, value: { ...run, variant: { title, configs: {}, without: [], parts: [], lines: [] } } };
}

/** Back to one scenario. */
export function removeVariant(run: Run): Edited<Run> {
  const { variant, ...alone } = run;
  return { ok: true, value: variant ? pruned(alone) : run };
}
