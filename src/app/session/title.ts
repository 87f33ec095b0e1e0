import { hasText } from '../../i18n/index.ts';
import type { Scenario, Variant } from '../../scenario/index.ts';
import type { Texts } from '../../ui/index.ts';

/** The author's title, else that of the gallery scenario that it began as, else "Untitled". */
export function titleOf(scenario: Scenario, t: Texts): string {
  return scenario.title || galleryText(scenario.from, 'title', t) || t('app.untitled');
}

/** Two sentences about what there is to see; '' if nobody wrote any. */
export function introOf(scenario: Scenario, t: Texts): string {
  return scenario.intro || galleryText(scenario.from, 'intro', t);
}

/** The titles of the two sides of a pair. */
export function sideTitles(scenario: Scenario, variant: Variant, t: Texts): { readonly a: string; readonly b: string } {
  const a = galleryText(scenario.from, 'left', t) || t('compare.left');
  const b = variant.title || galleryText(scenario.from, 'right', t) || t('compare.right');
  return { a, b };
}

function galleryText(id: string, what: 'title' | 'intro' | 'left' | 'right', t: Texts): string {
  const key = `gallery.${id}.${what}`;
  return id !== '' && hasText(key) ? t(key) : '';
}
