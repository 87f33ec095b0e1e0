import type { Cell, PartView, Pointer, Wiring } from '../../../../engine/index.ts';
import { comparePartitions, partitionFromName, type TopicPartition } from '../../assign/index.ts';
import { indexOf, topicOf } from '../../message.ts';
import { brokersOf } from '../../routes.ts';
import { lagOf } from '../offsets.ts';
import { groupIn } from './settings.ts';
import type { Assigned, Consumer, Taken } from './state.ts';

export function viewOf(state: Consumer, wiring: Wiring): PartView {
  const { app, member, buffer } = state;
  const partitions = [...state.partitions.values()].sort((a, b) => comparePartitions(tpOf(a), tpOf(b)));
  const lags = partitions.flatMap((of) => lagIn(of) ?? []);
  const lag = lags.reduce((sum, one) => sum + one, 0);
  const { work } = app;
  const status = statusOf(state, wiring);
  const { received, done, failed, skipped, workedMicros } = state;
  return {
    status,
    ...(work ? { work: [{ cell: cellOf(work.record), from: work.from, until: work.until }] } : {}),
    pointers: partitions.flatMap((of) => pointerOf(of, wiring)),
    figures: [
      ...(app.failure === '' ? [] : [{ key: 'error', value: app.failure }]),
      ...(member ? [{ key: status === 'blocked' && isBetweenAssignments(state) ? 'waitsFor' : 'memberState', value: member.state }] : []),
      ...(member?.kind === 'classic' ? [{ key: 'generation', value: member.generation }] : []),
      ...(member && member.kind !== 'classic' ? [{ key: 'memberEpoch', value: member.epoch }] : []),
      ...(member ? [{ key: 'memberId', value: member.memberId }] : []),
      ...(member?.kind === 'classic' && member.isLeader ? [{ key: 'groupLeader', value: true }] : []),
      { key: 'assigned', value: partitions.length },
      ...(lags.length === 0 ? [] : [{ key: 'lag', value: lag }]),
      { key: 'done', value: done },
      { key: 'received', value: received },
      { key: 'buffered', value: buffer.reduce((sum, { records }) => sum + records.length, 0) },
      { key: 'toDo', value: app.batch.length - app.next },
      ...(skipped > 0 ? [{ key: 'skipped', value: skipped }] : []),
      ...(failed > 0 ? [{ key: 'failed', value: failed }] : []),
      { key: 'workedMillis', value: Math.round(workedMicros / 1_000) },
    ],
    details: partitions.length === 0 ? [] : [{ key: 'partitions', columns: COLUMNS, rows: partitions.map(rowOf) }],
  };
}

const COLUMNS = ['partition', 'position', 'committed', 'lag'];
/** Stands for what is not known. */
const UNKNOWN = '–';

function rowOf(of: Assigned): readonly (string | number)[] {
  return [of.tp, of.position < 0 ? UNKNOWN : of.position, of.committed < 0 ? UNKNOWN : of.committed, lagIn(of) ?? UNKNOWN];
}

function statusOf(state: Consumer, wiring: Wiring): PartView['status'] {
  const { app, unreachable, coordinator } = state;
  if (app.isFrozen) return 'hung';
  if (app.failure !== '') return 'failed';
  if (app.isPaused) return 'paused';
  if (app.phase === 'off') return 'unstarted';
  if (isBetweenAssignments(state)) return 'blocked';
  const brokers = brokersOf(wiring);
  const isAlone = [...brokers.values()].every(({ id }) => unreachable.has(id));
  const contact = brokers.get(coordinator);
  const isLeaderless = groupIn(wiring) !== undefined && (!contact || unreachable.has(contact.id));
  return isAlone || isLeaderless ? 'blocked' : 'up';
}

const BETWEEN: ReadonlySet<string> = new Set(['preparing', 'completing', 'joining', 'reconciling', 'acknowledging']);

/** It is in the middle of a rebalance and has nothing to read or to work on: it waits for its part. */
function isBetweenAssignments({ member, partitions, app }: Consumer): boolean {
  return member !== undefined && partitions.size === 0 && app.phase === 'polling' && BETWEEN.has(member.state);
}

/** As the client itself sees it: from where it reads to the end that its last answer named. */
function lagIn({ state, highWatermark, position }: Assigned): number | undefined {
  return state !== 'ready' || highWatermark < 0 ? undefined : lagOf(highWatermark, position);
}

function pointerOf(of: Assigned, wiring: Wiring): readonly Pointer[] {
  const { tp, state, position } = of;
  if (state !== 'ready') return [];
  return [{ store: topicOf(tp), lane: String(indexOf(tp)), at: position, kind: 'position', reader: wiring.self.id }];
}

function cellOf({ source, deliveryCount }: Taken): Cell {
  const { id, key, producer } = source;
  return { message: id, key, producer, redelivered: (deliveryCount ?? 1) > 1 };
}

const tpOf = ({ tp }: Assigned) => partitionFromName(tp) as TopicPartition;
