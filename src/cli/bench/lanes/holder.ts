import type { Micros, PartId } from '../../../base/index.ts';
import type { Context, Frame, Input, Kernel, LaneCell, LaneChunk, Message, PartView, Wiring } from '../../../engine/index.ts';

/** Cells of a chunk: few enough to copy one for every record, many enough that a long lane has few chunks. */
const CHUNK = 512;

export interface Log {
  readonly chunks: LaneChunk[];
  start: number;
  end: number;
}
interface Holder {
  /** By place and lane: `<place>/<lane>`. */
  readonly logs: Map<string, Log>;
  readonly committed: Map<string, number>;
  epoch: number;
  isChanging: boolean;
}
export type BatchFrame = Frame & { readonly lane: string; readonly store: string; readonly at: number };

const keyOf = (place: PartId, lane: number): string => `${place}/${lane}`;

/** Every holder of a log leads each so manyth lane of it. */
function leads(wiring: Wiring, lane: number): boolean {
  const holders = wiring.partsOf('bench/holder');
  return holders.findIndex(({ id }) => id === wiring.self.id) === lane % Math.max(1, holders.length);
}

function append(log: Log, cell: LaneCell): void {
  const last = log.chunks.at(-1);
  if (last && last.cells.length < CHUNK) log.chunks[log.chunks.length - 1] = { first: last.first, cells: [...last.cells, cell] };
  else log.chunks.push({ first: cell.at, cells: [cell] });
  log.end = cell.at + 1;
}

/** Before the run began so many records were written to each lane; every so manyth is gone, or says that its key is. */
function filled(records: number, producer: PartId): Log {
  const log: Log = { chunks: [], start: 0, end: records };
  for (let first = 0; first < records; first += CHUNK) {
    const cells: LaneCell[] = [];
    for (let at = first; at < Math.min(records, first + CHUNK); at++) {
      if (at % 17 === 11) continue;
      const isControl = at % 23 === 5;
      cells.push({
        at,
        message: isControl ? 0 : at + 1,
        key: `k${at % 5}`,
        producer,
        redelivered: false,
        isControl,
        isTombstone: at % 13 === 7,
      });
    }
    log.chunks.push({ first, cells });
  }
  return log;
}

interface LogConfig {
  readonly lanes: number;
  readonly records: number;
  readonly everyMillis: number;
  readonly keep: number;
}

function write(state: Holder, place: PartId, x: Context): void {
  const { lanes, everyMillis, keep } = x.config<LogConfig>(place);
  x.wake({ name: 'write', place }, (everyMillis * 1_000) as Micros);
  const own = Array.from({ length: lanes }, (_, lane) => lane).filter((lane) => leads(x.wiring, lane));
  const lane = own[x.random(Math.max(1, own.length))];
  const log = lane === undefined ? undefined : state.logs.get(keyOf(place, lane));
  if (lane === undefined || !log) return;
  const messages = Array.from({ length: 1 + x.random(4) }, (): Message => {
    const message = Object.freeze({ id: x.mint(), key: `k${x.random(5)}`, producer: place, body: 'hello', weight: 1 });
    x.fact('message.published', place, message.id, '', '', { key: message.key });
    append(log, { at: log.end, message: message.id, key: message.key, producer: place, redelivered: false });
    x.fact('message.stored', place, message.id, '', '', { lane: String(lane), offset: log.end - 1 });
    return message;
  });
  if (keep > 0) retain(log, keep, place, lane, x);
  const name = x.wiring.part(place)?.name ?? '';
  for (const other of x.wiring.partsOf('bench/holder')) {
    if (other.id === x.wiring.self.id) continue;
    const line = x.wiring.lines.find(({ from, to }) => from === other.id || to === other.id)?.id ?? '';
    x.send(x.wiring.self.id, other.id, line, {
      verb: 'bench.copy',
      messages,
      store: name,
      lane: String(lane),
      at: log.end - messages.length,
    } as BatchFrame);
  }
  for (const reader of x.wiring.partsOf('bench/reader').slice(lane % 2))
    x.send(place, reader.id, '', {
      verb: 'bench.batch',
      messages,
      store: name,
      lane: String(lane),
      at: log.end - messages.length,
    } as BatchFrame);
}

function retain(log: Log, keep: number, place: PartId, lane: number, x: Context): void {
  while (log.end - log.start > keep) {
    const cell = log.chunks[0]?.cells.find(({ at }) => at === log.start);
    x.fact('message.removed', place, cell?.message ?? 0, '', 'retention', { lane: String(lane), index: log.start });
    log.start++;
    while (log.chunks.length > 1 && (log.chunks[1]?.first ?? 0) <= log.start) log.chunks.shift();
  }
}

function receive(state: Holder, input: Input, x: Context): void {
  if (input.type === 'timer' && input.timer.name === 'write') write(state, String(input.timer['place']), x);
  else if (input.type === 'timer') change(state, x);
  else if (input.type === 'frame' && input.frame.verb === 'bench.copy') {
    const { messages = [], lane, store } = input.frame as BatchFrame;
    const place = x.wiring.places.find(({ name }) => name === store);
    const log = place && state.logs.get(`${place.id}/${lane}`);
    if (!log) return;
    for (const { id, key, producer } of messages) append(log, { at: log.end, message: id, key, producer, redelivered: false });
  } else if (input.type === 'frame' && input.frame.verb === 'bench.fetch') {
    const { store, lane, at } = input.frame as BatchFrame;
    state.committed.set(`${store}/${lane}`, Math.max(at, state.committed.get(`${store}/${lane}`) ?? 0));
  }
}

/** The first holder looks after the teams: now and then nobody of them reads. */
function change(state: Holder, x: Context): void {
  state.isChanging = !state.isChanging;
  for (const team of x.wiring.partsOf('bench/team')) {
    const { pauseMillis } = x.config<{ pauseMillis: number }>(team.id);
    x.wake({ name: 'change' }, (state.isChanging ? 1_500_000 : pauseMillis * 1_000) as Micros);
    if (!state.isChanging) state.epoch++;
    x.fact(state.isChanging ? 'phase.began' : 'phase.ended', team.id, 0, '', '', { phase: 'rebalance' });
    for (const reader of x.wiring.nodesIn(team.id)) x.send(x.wiring.self.id, reader.id, '', { verb: 'bench.join' });
  }
}

function viewOf(state: Holder, place: PartId, lanes: number, wiring: Wiring): PartView {
  return {
    status: 'up',
    figures: [],
    details: [],
    lanes: Array.from({ length: lanes }, (_, lane) => {
      const { chunks, start, end } = state.logs.get(keyOf(place, lane)) ?? { chunks: [], start: 0, end: 0 };
      const isLeader = leads(wiring, lane);
      const role = isLeader ? 'leader' : lane % 5 === 4 ? 'outOfSync' : 'follower';
      const marks = isLeader
        ? [
            { key: 'highWatermark', at: Math.max(start, end - 2) },
            { key: 'logEnd', at: end },
          ]
        : [];
      return { key: String(lane), role, isLeader, start, end, chunks: [...chunks], kept: end - start, marks };
    }),
  };
}

function describe(state: Holder, wiring: Wiring): ReadonlyMap<PartId, PartView> {
  const views = new Map<PartId, PartView>([[wiring.self.id, { status: 'up', figures: [], details: [] }]]);
  for (const { id, config } of wiring.places) views.set(id, viewOf(state, id, Number(config['lanes'] ?? 3), wiring));
  if (wiring.partsOf('bench/holder')[0]?.id !== wiring.self.id) return views;
  for (const { id } of wiring.partsOf('bench/team')) {
    const figures = [
      { key: 'state', value: state.isChanging ? 'rebalancing' : 'stable' },
      { key: 'generation', value: state.epoch },
      { key: 'coordinator', value: wiring.self.name },
    ];
    const pointers = [...state.committed].map(([name, at]) => {
      const [store = '', lane = ''] = name.split('/');
      return { store, lane, at, kind: 'committed' as const, reader: id, lag: 3 };
    });
    views.set(id, { status: state.isChanging ? 'blocked' : 'up', figures, details: [], pointers });
  }
  return views;
}

export const holderKernel: Kernel<Holder> = {
  kind: 'bench/holder',
  models: 'bench',
  omits: [],
  start(x) {
    const state: Holder = { logs: new Map(), committed: new Map(), epoch: 1, isChanging: false };
    for (const { id } of x.wiring.places) {
      const { lanes, records, everyMillis } = x.config<LogConfig>(id);
      // All lanes begin alike and share what they begin with: a million cells are enough for one page.
      const first = filled(records, id);
      for (let lane = 0; lane < lanes; lane++) state.logs.set(keyOf(id, lane), { ...first, chunks: [...first.chunks] });
      x.wake({ name: 'write', place: id }, (everyMillis * 1_000) as Micros);
    }
    if (x.wiring.partsOf('bench/holder')[0]?.id === x.wiring.self.id) x.wake({ name: 'change' }, 2_000_000 as Micros);
    return state;
  },
  receive,
  crash() {},
  leave() {},
  copy: ({ logs, committed, ...rest }) => ({
    ...rest,
    committed: new Map(committed),
    logs: new Map([...logs].map(([key, log]) => [key, { ...log, chunks: [...log.chunks] }])),
  }),
  describe,
  invariants: () => undefined,
};
