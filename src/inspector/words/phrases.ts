import type { Json, JsonObject, LineId } from '../../base/index.ts';
import type { FactKind } from '../../engine/index.ts';
import { hasText } from '../../i18n/index.ts';
import { lineChip, lineOf, partOrName } from './names.ts';
import { type Chip, code, durationText, messageChip, type Phrase, type PhraseArgs } from './pieces.ts';
import type { Telling } from './telling.ts';
import { WORDINGS, worded } from './wordings.ts';

/*
 * How each kind of fact becomes a sentence: which variant `fact.<kind>.<variant>` of the catalogue says it, and what is
 * filled in beyond what all sentences may use. Kinds that need neither are not here.
 */
type Variant = readonly [variant: string, args?: PhraseArgs];
type Teller = (it: Telling) => Variant;

const TELLERS: { readonly [K in FactKind | 'feature.omitted' | 'client.saw']?: Teller } = {
  'message.published': published,
  'message.routed': routed,
  'message.stored': (it) => ['', { ahead: it.number('ahead') }],
  'message.delivered': delivered,
  'message.appended': (it) => [it.fact.why, { partition: it.number('partition'), index: it.number('index') }],
  'message.read': (it) => ['', { offset: it.number('offset'), partition: it.number('partition'), consumer: it.who('consumer') }],
  'replica.role': (it) => [it.string('role'), { queue: code(it.string('queue')), term: it.number('term'), leader: it.number('leader') }],
  'replica.joined': (it) => [it.fact.why === 'unsynced' ? 'unsynced' : '', { queue: code(it.string('queue')), node: it.who('node') }],
  'znode.created': (it) => [it.number('owner') > 0 ? 'ephemeral' : '', { path: code(it.string('path')) }],
  'znode.changed': (it) => ['', { path: code(it.string('path')), version: it.number('version') }],
  'znode.deleted': (it) => [it.number('owner') > 0 ? 'ephemeral' : '', { path: code(it.string('path')) }],
  'watch.fired': (it) => [it.string('type'), { path: code(it.string('path')) }],
  'node.crashed': (it) => [it.fact.why],
  'message.acked': (it) => [it.data['multiple'] === true ? 'multiple' : ''],
  'message.rejected': (it) => [it.data['requeue'] === true ? 'requeue' : it.data['multiple'] === true ? 'multiple' : ''],
  'message.requeued': (it) => ['', { ahead: it.number('ahead'), how: it.fact.why.split('-')[0] || 'none' }],
  'message.settled': settled,
  'transaction.state': (it) => [
    it.string('from') === '' ? 'first' : '',
    {
      transactionalId: code(it.string('transactionalId')),
      from: code(it.string('from')),
      to: code(it.string('to')),
      epoch: it.number('epoch'),
    },
  ],
  'work.started': workStarted,
  'disk.synced': (it) => ['', { count: it.number('count') }],
  'phase.began': (it) => ['', { phase: phaseWord(it) }],
  'phase.ended': (it) => ['', { phase: phaseWord(it) }],
  'reading.stopped': (it) => ['', { lane: code(it.string('lane')) }],
  'reading.resumed': (it) => ['', { lane: code(it.string('lane')) }],
  'message.removed': (it) => [it.fact.why, { lane: it.string('lane'), index: it.number('index') }],
  'place.purged': (it) => ['', { count: it.number('count') }],
  'binding.added': binding,
  'binding.removed': binding,
  'connection.closed': closed,
  'channel.opened': (it) => ['', { channel: it.number('channel') }],
  'channel.closed': closed,
  'part.joined': partOrLine,
  'part.left': partOrLine,
  'part.reconfigured': partOrLine,
  'line.cut': ends,
  'line.healed': ends,
  'link.lost': (it) => ['', { peer: it.who('peer') }],
  'frame.lost': frameLost,
  'command.refused': (it) => ['', { verb: word(it, 'deed', it.string('verb')) }],
  'feature.omitted': omitted,
  'client.saw': (it) => ['', { what: code(it.fact.why) }],
  'limit.reached': (it) => ['', { limit: word(it, 'limit', it.string('limit')), value: it.number('value') }],
};

/**
 * The sentence of a fact; of a kind that the catalogue lacks, one that names the kind. A system may say it in words of its own
 * (`fact.<system>.<kind>…`); of a variant in two words the second may be left out.
 */
export function phraseOf(it: Telling): Phrase {
  const { names, args } = named(it);
  const filled = { ...it.common(), ...args };
  for (const name of names) {
    for (const key of [`fact.${it.system}.${name}`, `fact.${name}`]) if (hasText(key)) return { key, args: filled };
  }
  return { key: 'fact.unknown', args: { ...filled, kind: code(it.fact.kind) } };
}

/** What catalogues may call a fact, most exact first: its kind with the words of its variant, and the bare kind. */
export function namesOf(it: Telling): readonly string[] {
  return named(it).names;
}

function named(it: Telling): { readonly names: readonly string[]; readonly args: PhraseArgs | undefined } {
  const { kind } = it.fact;
  const teller = TELLERS[kind as keyof typeof TELLERS];
  const wording = WORDINGS[kind as FactKind];
  const [variant, args] = teller ? teller(it) : wording ? worded(it, wording) : ([''] as const);
  const words = variant === '' ? [] : variant.split('.');
  const names = [...words.keys(), words.length].reverse().map((length) => [kind, ...words.slice(0, length)].join('.'));
  return { names, args };
}

/** What a phase is called by its system; its key where nobody has a word for it. */
function phaseWord(it: Telling): Chip | string {
  const key = `phase.${it.string('phase')}`;
  return hasText(key) ? it.text(key) : code(it.string('phase'));
}

/** A frame by the name that its protocol has for it. */
function frameLost(it: Telling): Variant {
  const { name, role } = it.program.catalogue.frameName(it.string('verb'));
  const args = { verb: code(name), role: role || 'none', vowel: /^[aeiou]/i.test(name) ? 'yes' : 'no' };
  return [it.fact.message > 0 ? 'message' : '', args];
}

function published(it: Telling): Variant {
  const key = it.string('key');
  const args = {
    key: code(key),
    // What was hashed is a key, even if it is the empty text.
    hasKey: key === '' && it.data['hash'] === undefined ? 'no' : 'yes',
    exchange: it.end('to') ?? (it.string('exchange') === '' ? it.text('words.defaultExchange') : code(it.string('exchange'))),
    parent: messageChip(it.number('parent')),
    partition: it.number('partition'),
    hash: it.number('hash'),
    hashedBy: code(it.string('hashedBy')),
    count: it.number('count'),
  };
  if (it.number('parent') > 0) return ['parent', args];
  return [it.fact.why === 'operator' ? (it.end('to') ? 'byHand' : 'byHandAt') : it.fact.why, args];
}

/** Lines that matched or did not, by id or in a record. */
export function linesIn(list: readonly Json[]): readonly LineId[] {
  return list.flatMap((item) => {
    if (typeof item === 'string') return [item];
    const line = (item as JsonObject | null)?.['line'];
    return typeof line === 'string' ? [line] : [];
  });
}

/** Where a decision leads: the ends of the lines that matched, or what the fact names where nothing is drawn. */
export function targetsOf(it: Telling): readonly Chip[] {
  const ids = linesIn(it.list('matched')).flatMap((id) => lineOf(it.program, id)?.to ?? []);
  const names = ids.length > 0 ? ids : it.list('queues').map(String);
  return [...new Set(names)].map((name) => partOrName(it.program, name));
}

/** Conditions of lines, each once. */
function conditions(it: Telling, lines: readonly LineId[]): readonly Chip[] {
  const seen = new Set<string>();
  return lines.flatMap((id) => {
    const chip = lineChip(it.program, id, it.fact.time);
    if (seen.has(chip.text)) return [];
    seen.add(chip.text);
    return [chip];
  });
}

function routed(it: Telling): Variant {
  const { why } = it.fact;
  const unmatched = linesIn(it.list('unmatched'));
  const targets = targetsOf(it);
  const args = { type: it.type, targets: it.row(targets), count: targets.length };
  if (why === 'unroutable') return [unmatched.length === 0 ? 'unbound' : 'unroutable', args];
  if (why === 'alternate') return [targets.length > 0 ? 'alternate' : 'alternateMissing', args];
  if (targets.length === 0) return ['nowhere', args];
  if (unmatched.length === 0 || it.type === 'default') return ['', args];
  const misses = conditions(it, unmatched);
  const hits = conditions(it, linesIn(it.list('matched')));
  // Two lines may ask for the same and yet differ in what they see; then there is nothing to tell apart by name.
  if (hits.some((hit) => misses.some((miss) => miss.text === hit.text))) return ['', args];
  return ['partly', { ...args, hits: it.row(hits), hitCount: hits.length, misses: it.row(misses), missCount: misses.length }];
}

function delivered(it: Telling): Variant {
  if (it.fact.why === 'turn-get') return ['get'];
  if (it.fact.why === 'turn-reply') return ['reply'];
  return [it.data['redelivered'] === true ? 'again' : ''];
}

/** What ended a copy matters more than the bare outcome: `dropped.rejected` before `dropped`. */
function settled(it: Telling): Variant {
  const outcome = it.string('outcome');
  const exact = `${outcome}.${it.fact.why}`;
  const exchange = it.string('exchange');
  const to = it.end('to') ?? (exchange === '' ? it.text('words.defaultExchange') : code(exchange));
  return [hasText(`fact.message.settled.${exact}`) ? exact : outcome, { to }];
}

function workStarted(it: Telling): Variant {
  const until = it.number('until');
  return until > it.fact.time ? ['for', { duration: durationText(until - it.fact.time) }] : [''];
}

function binding(it: Telling): Variant {
  const key = it.string('key');
  return [
    '',
    {
      from: it.end('from') ?? it.part(it.fact.at),
      to: it.end('to') ?? (it.string('to') === '' ? it.text('words.somebody') : code(it.string('to'))),
      hasKey: key === '' ? 'no' : 'yes',
      key: code(key),
    },
  ];
}

function closed(it: Telling): Variant {
  const number = it.number('code');
  return number > 0 ? ['error', { code: number, text: it.string('text') }] : [''];
}

function partOrLine(it: Telling): Variant {
  return it.fact.line === '' ? [''] : ['line', { from: it.end('from') ?? it.line, to: it.end('to') ?? it.line }];
}

function ends(it: Telling): Variant {
  return ['', { from: it.end('from') ?? it.line, to: it.end('to') ?? it.line }];
}

/** A word of the engine in the reader's language; as it is where the catalogue has none. */
function word(it: Telling, group: 'deed' | 'limit', name: string): string | Chip {
  const key = `words.${group}.${name}`;
  return hasText(key) ? it.text(key) : code(name);
}

/** What is missing, in the words of the system's own list of omissions. */
function omitted(it: Telling): Variant {
  const key = `omit.${it.fact.why}`;
  return ['', { what: hasText(key) ? it.text(key) : code(it.fact.why) }];
}
