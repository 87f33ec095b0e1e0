import type { Json, JsonObject } from '../../../base/index.ts';
import {
  afterOutOfRange,
  type Beginning,
  beginningOf,
  lagOf,
  type OffsetReset,
  offsetAfter,
  takeRecords,
} from '../../../protocols/kafka/client/offsets.ts';
import {
  appendAsLeader,
  type LogState,
  listOffset,
  newLog,
  offsetForTime,
  readLog,
  setHighWatermark,
  visibleRecords,
} from '../../../protocols/kafka/log/index.ts';
import { difference, fieldDifference, listOf, numberOf, numbersOf, objectOf, plainBatch, SETTINGS, textOf } from './cases.ts';

const NOTHING = { maxBytes: 1_048_576, minOneMessage: true, isolation: 'read_uncommitted' } as const;

function resetOf(policy: string): OffsetReset {
  return policy === 'earliest' || policy === 'none' ? { policy } : { policy: 'latest' };
}

/** Where the leader says that it is; undefined for an error. */
function located(log: LogState, beginning: Beginning): number | undefined {
  switch (beginning.type) {
    case 'committed':
      return beginning.offset;
    case 'reset':
      return listOffset(log, beginning.to, 'read_uncommitted');
    case 'reset-to-time':
      return offsetForTime(log, beginning.timestamp)?.at ?? listOffset(log, 'latest', 'read_uncommitted');
    case 'error':
      return undefined;
  }
}

const PLACES = { earliest: 'log start offset', latest: 'log end offset (high watermark)' };
const CAUSES = { 'no-committed-offset': 'no committed offset', 'out-of-range': 'OFFSET_OUT_OF_RANGE' };

/** Begins in a partition; a first fetch shows whether the log still has it. */
function begin(
  log: LogState,
  committed: number | undefined,
  reset: OffsetReset,
): { readonly beginning: Beginning; readonly position?: number } {
  const first = beginningOf(committed, reset, 0);
  const offset = located(log, first);
  const isOut = offset !== undefined && readLog(log, { offset, ...NOTHING }) === 'OFFSET_OUT_OF_RANGE';
  const beginning = isOut ? afterOutOfRange(reset, 0) : first;
  const position = located(log, beginning);
  return position === undefined ? { beginning } : { beginning, position };
}

function committedOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

export function playReset(data: JsonObject): string | undefined {
  const input = objectOf(data['input']);
  const log = newLog(0, numberOf(input['logStartOffset']));
  log.logEndOffset = numberOf(input['highWatermark']);
  setHighWatermark(log, log.logEndOffset);
  const { beginning, position } = begin(log, committedOf(input['committedOffset']), resetOf(textOf(input['auto.offset.reset'])));
  const actual = beginning.type === 'error' ? { error: beginning.error } : { position: position ?? null, because: because(beginning) };
  return difference('beginning', actual, data['expected']);
}

function because(beginning: Beginning): string {
  if (beginning.type !== 'reset') return 'committed offset';
  return `${CAUSES[beginning.cause]} -> auto.offset.reset=${beginning.to} -> ${PLACES[beginning.to]}`;
}

export function playLag(data: JsonObject): string | undefined {
  const input = objectOf(data['input']);
  const lag = lagOf(numberOf(input['logEndOffset']), committedOf(input['committed']));
  return difference('lag', { lag: lag ?? null }, data['expected']);
}

interface Timeline {
  readonly log: LogState;
  readonly reset: OffsetReset;
  position: number;
  committed: number | undefined;
  readonly processed: number[];
}

function addRecords(log: LogState, count: number): void {
  if (count > 0) appendAsLeader(log, plainBatch(count, 0), { leaderEpoch: 0, now: 0, settings: SETTINGS });
  setHighWatermark(log, log.logEndOffset);
}

function doStep(line: Timeline, step: JsonObject): JsonObject {
  const [argument = 0] = numbersOf(step['args']);
  switch (step['op']) {
    case 'start':
      line.position = begin(line.log, line.committed, line.reset).position ?? 0;
      break;
    case 'poll': {
      const read = readLog(line.log, { offset: line.position, ...NOTHING });
      if (read === 'OFFSET_OUT_OF_RANGE') return { error: read };
      const visible = visibleRecords(read.records, undefined);
      const { taken, position } = takeRecords({ records: visible, nextOffset: read.nextOffset }, argument);
      line.position = position;
      return { returnedOffsets: taken.map((record) => record.at) };
    }
    case 'process':
      line.processed.push(argument);
      break;
    case 'ackRecord':
      line.committed = offsetAfter({ at: argument });
      break;
    case 'commitOffset':
      line.committed = argument;
      break;
    case 'commitSync':
    case 'commitAsync':
    case 'autoCommit':
      line.committed = line.position;
      break;
    case 'seek':
      line.position = argument;
      break;
    case 'seekToBeginning':
      line.position = listOffset(line.log, 'earliest', 'read_uncommitted');
      break;
    case 'seekToEnd':
      line.position = listOffset(line.log, 'latest', 'read_uncommitted');
      break;
    case 'produce':
      addRecords(line.log, argument);
      break;
  }
  return {};
}

/** The cases do not name `auto.offset.reset`: it shows in where the first start without a committed offset begins. */
function resetSeen(steps: readonly JsonObject[], records: number): OffsetReset {
  const first = steps.find((step) => step['op'] === 'start');
  return resetOf(records > 0 && first?.['position'] === records ? 'latest' : 'earliest');
}

export function playTimeline(data: JsonObject): string | undefined {
  const steps = listOf(data['steps']).map(objectOf);
  const records = numberOf(data['initialRecords']);
  const named = textOf(data['auto.offset.reset']);
  const reset = named === '' ? resetSeen(steps, records) : resetOf(named);
  const line: Timeline = { log: newLog(0), reset, position: 0, committed: undefined, processed: [] };
  addRecords(line.log, records);
  for (const [i, step] of steps.entries()) {
    const { op, args: _, ...expected } = step;
    const seen = doStep(line, step);
    const lag = lagOf(line.log.highWatermark, line.committed) ?? null;
    const actual = { ...seen, position: line.position, committed: line.committed ?? null, lag };
    const found = fieldDifference(`step ${i} (${textOf(op)})`, actual, expected);
    if (found) return found;
  }
  const { processed, committed = 0 } = line;
  const duplicates = [...new Set(processed.filter((at, i) => processed.indexOf(at) !== i))].sort((a, b) => a - b);
  const missed = Array.from({ length: committed }, (_, at) => at).filter((at) => !processed.includes(at));
  return (
    difference('processed', processed, data['processedOffsets']) ??
    difference('duplicates', duplicates, data['duplicates']) ??
    difference('never processed', missed, data['belowCommittedButNeverProcessed'])
  );
}
