import { toSeconds } from '../../base/index.ts';
import { hasText } from '../../i18n/index.ts';
import { addIntervention, type Config } from '../../scenario/index.ts';
import type { IconName, MenuItem, SideName, Texts } from '../../ui/index.ts';
import { act, findLine, findPart } from '../actions.ts';
import { host, useEditor } from '../environment.ts';
import { HARSH, lineVerbs, type PresentState, partVerbs } from './verbs.ts';

const ICONS: { readonly [verb: string]: IconName } = {
  publish: 'publish',
  crash: 'crash',
  restart: 'restart',
  pause: 'pause',
  resume: 'play',
  purge: 'purge',
  cut: 'unlink',
  heal: 'link',
  leave: 'close',
  join: 'plus',
};

function stateOf(id: string, side: SideName): PresentState {
  const views = useEditor.getState().views[side];
  if (!views) return { isPresent: true, status: 'up', isCut: false };
  return { isPresent: views.isPresent(id), status: views.view(id)?.status ?? 'up', isCut: views.isCut(id) };
}

export function verbsFor(id: string, side: SideName): readonly string[] {
  const state = stateOf(id, side);
  const part = findPart(id, side);
  const partKind = part && host().catalogue.parts.get(part.kind);
  if (partKind) return partVerbs(partKind, state);
  const line = findLine(id, side);
  const lineKind = line && host().catalogue.lines.get(line.kind);
  return lineKind ? lineVerbs(lineKind, state) : [];
}

/** Does something to a part or line at the present time of the run. */
export function intervene(verb: string, target: string, side: SideName, args: Config = {}): boolean {
  return act('edit.intervene', (run, context) => addIntervention(run, { ...context, at: host().now() }, { verb, target, args }), { side });
}

/** What a deed is in the system itself, where its name does not say it; most need no such words. */
function noteOf(t: Texts, verb: string): string | undefined {
  const key = `editor.deed.${verb}.note`;
  return hasText(key) ? t(key) : undefined;
}

/** The deeds at a part or line as entries of a menu, under the time at which they happen. */
export function deedItems(t: Texts, id: string, side: SideName): readonly MenuItem[] {
  const verbs = verbsFor(id, side);
  if (verbs.length === 0) return [];
  const seconds = toSeconds(host().now()).toFixed(1);
  return [
    { id: 'deeds', heading: t('editor.deeds.at', { seconds }) },
    ...verbs.map(
      (verb): MenuItem => ({
        id: verb,
        label: t.dynamic(`editor.deed.${verb}`),
        icon: ICONS[verb],
        danger: HARSH.has(verb),
        note: noteOf(t, verb),
        onSelect: () => {
          if (verb === 'publish') useEditor.setState({ asking: { what: 'publish', target: id, side } });
          else intervene(verb, id, side);
        },
      }),
    ),
  ];
}
