import type { JsonObject, LineId } from '../../base/index.ts';
import type { Fact } from '../../engine/index.ts';
import { hasText, type Language } from '../../i18n/index.ts';
import { lineChip, lineOf, partChip } from './names.ts';
import { linesIn, namesOf, phraseOf, targetsOf } from './phrases.ts';
import { code, type PhraseArgs, type Piece } from './pieces.ts';
import { fill } from './sentence.ts';
import { Telling, type Told } from './telling.ts';

/** One line of an explanation: a binding that matched or one that did not, or a plain sentence. */
export interface Point {
  readonly mark: 'yes' | 'no' | 'plain';
  readonly pieces: readonly Piece[];
  /** The line of the drawing that it speaks of. */
  readonly line?: LineId;
}

/** Why something happened: the rule first, then what it came to here. */
export interface Explanation {
  readonly title: readonly Piece[];
  readonly points: readonly Point[];
}

/** Reasons that the sentence itself has told. */
const SAID: ReadonlySet<string> = new Set(['booted', 'client', 'operator', 'acked']);

/** True when there is something to be asked beyond what the sentence says. */
export function isExplained(fact: Fact, told: Told, language: Language): boolean {
  const { kind, why } = fact;
  return kind === 'message.routed' || (!SAID.has(why) && hasText(reasonOf(new Telling(fact, told, language))));
}

/**
 * A reason as it is given for this kind of fact in its system, in its system, or by all; else what a system says of such facts in general:
 * what is most exact counts.
 */
function reasonOf(it: Telling): string {
  const { system, fact } = it;
  const { kind, why } = fact;
  const given = why === '' ? [] : [`why.${system}.${kind}.${why}`, `why.${system}.${why}`, `why.${why}`];
  return [...given, ...namesOf(it).map((name) => `why.${system}.${name}`)].find(hasText) ?? `why.${why}`;
}

export function explain(fact: Fact, told: Told, language: Language): Explanation {
  const it = new Telling(fact, told, language);
  const say = (key: string, args: PhraseArgs) => fill({ key, args: { ...it.common(), ...args } }, language);
  if (fact.kind !== 'message.routed') {
    const phrase = phraseOf(it);
    return { title: fill(phrase, language), points: [{ mark: 'plain', pieces: say(reasonOf(it), phrase.args) }] };
  }
  const key = code(it.key);
  const type = hasText(`explain.rule.${it.type}`) ? it.type : 'none';
  const rule: readonly Point[] = type === 'none' ? [] : [{ mark: 'plain', pieces: say(`explain.rule.${type}`, { key }) }];
  const outcome: readonly Point[] = fact.why === 'matched' ? [] : [{ mark: 'plain', pieces: say(`why.${fact.why}`, { key }) }];
  return {
    title: say('explain.routed', { key, count: linesIn(it.list('matched')).length }),
    points: [...rule, ...hits(it, say, key), ...misses(it, say, key), ...outcome, ...twice(it, say)],
  };
}

type Say = (key: string, args: PhraseArgs) => readonly Piece[];

function hits(it: Telling, say: Say, key: Piece): readonly Point[] {
  if (it.fact.why !== 'matched') return [];
  // Bindings that are not drawn have no lines: only where they lead is known.
  const lines = linesIn(it.list('matched'));
  const targets = targetsOf(it);
  if (lines.length === 0 && targets.length === 0) return [{ mark: 'plain', pieces: say('why.matched', {}) }];
  if (lines.length === 0) return targets.map((to) => ({ mark: 'yes', pieces: say('explain.matched.none', { to }) }));
  return lines.map((id) => {
    const line = lineChip(it.program, id, it.fact.time);
    const variant = hasText(`explain.matched.${it.type}`) ? it.type : 'none';
    return { mark: 'yes', line: id, pieces: say(`explain.matched.${variant}`, { line, to: toOf(it, id), key: [key] }) };
  });
}

function misses(it: Telling, say: Say, key: Piece): readonly Point[] {
  return it.list('unmatched').flatMap((item): readonly Point[] => {
    const miss = item as JsonObject;
    const line = String(miss['line']);
    if (typeof miss['why'] !== 'string') return [];
    return [{ mark: 'no', line, pieces: [...mismatch(it, say, miss, line, key)] }];
  });
}

/** Why one binding did not match, as a sentence of its own. */
function mismatch(it: Telling, say: Say, miss: JsonObject, line: LineId, key: Piece): readonly Piece[] {
  const args: { [name: string]: PhraseArgs[string] } = {};
  for (const [name, value] of Object.entries(miss)) args[name] = typeof value === 'number' ? value : code(value);
  const own = { ...args, line: lineChip(it.program, line, it.fact.time), to: toOf(it, line), key: [key] };
  return say(`why.${miss['why']}`, { ...own, end: miss['fromEnd'] === true ? 'yes' : 'no' });
}

/** Why a line was not taken by a decision; undefined when it was, or was not asked. */
export function explainMiss(fact: Fact, line: LineId, told: Told, language: Language): readonly Piece[] | undefined {
  return explain(fact, told, language).points.find((point) => point.mark === 'no' && point.line === line)?.pieces;
}

function toOf(it: Telling, line: LineId): Piece[] {
  const to = lineOf(it.program, line)?.to;
  return [to === undefined ? it.text('words.somebody') : partChip(it.program, to)];
}

/** A queue that several bindings lead to gets one copy all the same: worth saying, for many expect two. */
function twice(it: Telling, say: Say): readonly Point[] {
  const counts = new Map<string, number>();
  for (const id of linesIn(it.list('matched'))) {
    const to = lineOf(it.program, id)?.to;
    if (to !== undefined) counts.set(to, (counts.get(to) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([to, count]) => ({ mark: 'plain', pieces: say('explain.once', { to: partChip(it.program, to), count }) }));
}
