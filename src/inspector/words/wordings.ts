import type { Json } from '../../base/index.ts';
import type { FactKind } from '../../engine/index.ts';
import { partOrName } from './names.ts';
import { type Chip, code, durationText, type PhraseArg, type PhraseArgs } from './pieces.ts';
import type { Telling } from './telling.ts';

/**
 * How a field of a fact's data is put into its sentence, under its own name:
 * a number; a word of the protocol or an id, as it is; a part or name; several of them in a row, with their number as `<field>Count`; offsets of partitions; a time of the run;
 * a word that a sentence chooses by (`out-of-range` → `outOfRange`: what ICU can read); an error by its name, which is also the reason.
 */
type Shown = 'number' | 'text' | 'name' | 'names' | 'offsets' | 'time' | 'choice' | 'error';

/** What a kind's sentences speak of, and which of its words choose the variant: `fact.<kind>.<first>.<second>`. */
interface Wording {
  readonly by: readonly string[];
  readonly shown: { readonly [field: string]: Shown };
}

const WHY = 'why';
const SHARED = { group: 'name', partition: 'number', index: 'number', deliveries: 'number' } as const;

function by(...fields: readonly string[]): (shown?: Wording['shown']) => Wording {
  return (shown = {}) => ({ by: fields, shown });
}

/** Kinds whose sentences need no more than what is in their data. */
export const WORDINGS: { readonly [K in FactKind]?: Wording } = {
  'message.received': by()({ topic: 'name', partition: 'number', offset: 'number', deliveryCount: 'number' }),
  'message.confirmed': by()({ partition: 'number', offset: 'number' }),
  'message.refused': by(WHY)({ topic: 'name', partition: 'number', error: 'error' }),
  'message.duplicate': by()({ partition: 'number', index: 'number' }),
  'message.replicated': by()({ partition: 'number', index: 'number' }),
  'message.acquired': by()(SHARED),
  'message.released': by()(SHARED),
  'message.accepted': by()(SHARED),
  'message.archived': by()(SHARED),
  'batch.retried': by()({ topic: 'name', partition: 'number', count: 'number', attempts: 'number', error: 'error' }),
  'batch.refused': by()({ partition: 'number', sequence: 'number', error: 'error' }),
  'transaction.committed': by()({ number: 'number', records: 'number' }),
  'transaction.aborted': by()({ number: 'number', records: 'number', error: 'error' }),
  'transaction.marked': by()({ partition: 'number', index: 'number', outcome: 'text' }),
  'client.failed': by()({ error: 'error' }),
  'node.paused': by(WHY)(),
  'log.truncated': by()({ partition: 'number', index: 'number', count: 'number' }),
  'watermark.advanced': by()({ partition: 'number', offset: 'number', end: 'number' }),
  'isr.changed': by(WHY)({ partition: 'number', isr: 'names', joined: 'names', left: 'names' }),
  'replica.left': by(WHY)({ partition: 'number' }),
  'controller.role': by('role', WHY)({ epoch: 'number' }),
  'quorum.role': by('role')({ term: 'number', leader: 'number' }),
  'request.refused': by()({ api: 'text', error: 'error' }),
  'group.state': by(WHY, 'to')({ from: 'text', to: 'text', epoch: 'number', coordinator: 'number' }),
  'group.loaded': by()({ state: 'text', epoch: 'number', coordinator: 'number' }),
  'group.rebalance': by(WHY)({ epoch: 'number', member: 'name' }),
  'group.delayed': by(WHY)({ until: 'time' }),
  'group.leader': by()({ member: 'name' }),
  'group.generation': by()({ generation: 'number', protocol: 'text', members: 'names', leader: 'name' }),
  'group.assigned': by(WHY)({ member: 'name', partitions: 'names', epoch: 'number' }),
  'group.step': by(
    'step',
    WHY,
  )({
    ...{ step: 'text', member: 'name', members: 'number', assignor: 'text', generation: 'number' },
    ...{ epoch: 'number', offsets: 'offsets', error: 'error' },
  }),
  'member.joined': by(WHY)({ member: 'name', before: 'name', instance: 'text' }),
  'member.left': by(WHY)({ member: 'name', instance: 'text' }),
  'member.reconciled': by(WHY)({ member: 'name', epoch: 'number', partitions: 'names', pending: 'names' }),
  'partition.assigned': by()({ partitions: 'names', total: 'number' }),
  'partition.revoked': by()({ partitions: 'names' }),
  'partition.lost': by()({ partitions: 'names' }),
  'offset.committed': by(WHY)({ partition: 'name', offset: 'number', offsets: 'offsets' }),
  'offset.refused': by(WHY)({ offsets: 'offsets', error: 'error' }),
  'offset.expired': by()({ partition: 'name' }),
  'position.reset': by(WHY)({ partition: 'name', offset: 'number', cause: 'choice' }),
};

/** The variant and the arguments that a wording makes of a fact. */
export function worded(it: Telling, { by: fields, shown }: Wording): readonly [variant: string, args: PhraseArgs] {
  const words = fields.map((field) => (field === WHY ? it.fact.why : it.string(field)));
  const args: { [name: string]: PhraseArg } = {};
  for (const [field, how] of Object.entries(shown)) {
    args[field] = shownAs(it, field, how);
    if (how === 'names') args[`${field}Count`] = it.list(field).length;
  }
  return [words.filter((word) => word !== '').join('.'), args];
}

function shownAs(it: Telling, field: string, how: Shown): PhraseArg {
  switch (how) {
    case 'number':
      return it.number(field);
    case 'text':
      return code(it.string(field));
    case 'name':
      return it.who(field);
    case 'names':
      return row(
        it,
        it.list(field).map((name) => partOrName(it.program, String(name))),
      );
    case 'offsets':
      return row(it, offsetsIn(it.data[field]));
    case 'time':
      return durationText(it.number(field));
    case 'choice':
      return it.string(field).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()) || 'none';
    case 'error':
      return code(it.string(field) || nameOfError(it.fact.why));
  }
}

/** `not-enough-replicas` → `NOT_ENOUGH_REPLICAS`; what has capitals is a name already. */
function nameOfError(why: string): string {
  return /[A-Z]/.test(why) ? why : why.toUpperCase().replaceAll('-', '_');
}

function row(it: Telling, chips: readonly Chip[]): PhraseArg {
  return chips.length === 0 ? it.text('words.nothing') : it.row(chips);
}

/** `{orders-0: 5}` → `orders-0 → 5`. */
function offsetsIn(offsets: Json | undefined): readonly Chip[] {
  if (typeof offsets !== 'object' || offsets === null || Array.isArray(offsets)) return [];
  return Object.entries(offsets).map(([name, offset]) => code(`${name} → ${String(offset)}`));
}
