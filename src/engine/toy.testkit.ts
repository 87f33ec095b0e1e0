import { type Micros, micros, type PartId } from '../base/index.ts';
import type { FieldTable, Intervention, LineKind, PartKind, Settings, Vocabulary } from '../scenario/index.ts';
import { makeCatalogue } from './catalogue.ts';
import { ENGINE_VERSION } from './limits.ts';
import { boxKernel, type ToyFrame } from './toyBox.testkit.ts';
import type { Context, Frame, Input, Kernel, Line, Message, Pack, Part, Run } from './types.ts';

/*
 * A small message system for tests of the engine and the oracles: sources publish to doors, doors pass copies to shelves,
 * sinks take from shelves. It uses everything a kernel can: hops, timers, chance, commands, news of peers and of the drawing.
 */

interface Source {
  paused: boolean;
  made: number;
}

const sourceKernel: Kernel<Source> = {
  kind: 'toy/source',
  models: 'toy',
  omits: [],
  start(x) {
    x.wake({ name: 'tick' }, x.config<{ every: number }>(x.wiring.self.id).every as Micros);
    return { paused: false, made: 0 };
  },
  receive(state, input, x) {
    const self = x.wiring.self.id;
    const { every, count } = x.config<{ every: number; count: number }>(self);
    if (input.type === 'command') {
      state.paused = input.verb === 'pause';
      x.fact(state.paused ? 'node.paused' : 'node.resumed', self);
    }
    if (input.type === 'restarted') x.wake({ name: 'tick' }, every as Micros);
    if (input.type !== 'timer') return;
    x.wake({ name: 'tick' }, every as Micros);
    if (state.paused || state.made >= count) return;
    state.made++;
    for (const line of x.wiring.lines.filter((l) => l.kind === 'toy/push')) {
      const message: Message = Object.freeze({ id: x.mint(), key: `k${x.random(3)}`, producer: self, body: '', weight: 1 });
      x.fact('message.published', self, message.id, line.id, '', { key: message.key });
      x.send(self, line.to, line.id, { verb: 'toy.put', message } as Frame);
    }
  },
  crash(state) {
    state.paused = false;
  },
  leave() {},
  copy: (state) => ({ ...state }),
  describe: (state, wiring) =>
    new Map([[wiring.self.id, { status: state.paused ? 'paused' : 'up', figures: [{ key: 'made', value: state.made }], details: [] }]]),
  invariants: (state) => (state.made < 0 ? 'It has made fewer than none' : undefined),
};

interface Job {
  readonly message: Message;
  readonly tag: number;
  readonly shelf: PartId;
  readonly line: string;
}
interface Sink {
  jobs: Job[];
  timer: number;
}

function greet(x: Context): void {
  const { window } = x.config<{ window: number }>(x.wiring.self.id);
  for (const line of x.wiring.lines) x.send(x.wiring.self.id, line.from, line.id, { verb: 'toy.want', count: window } as Frame);
}

function begin(sink: Sink, x: Context): void {
  const job = sink.jobs[0];
  if (!job) return;
  const { work } = x.config<{ work: number }>(x.wiring.self.id);
  x.fact('work.started', x.wiring.self.id, job.message.id, '', '', { until: x.now + work });
  sink.timer = x.wake({ name: 'work' }, work as Micros);
}

function finish(sink: Sink, x: Context): void {
  const self = x.wiring.self.id;
  const job = sink.jobs.shift() as Job;
  const isDone = !x.chance(x.config<{ fail: number }>(self).fail);
  x.fact(isDone ? 'work.finished' : 'work.failed', self, job.message.id);
  x.fact(isDone ? 'message.acked' : 'message.rejected', self, job.message.id, job.line);
  x.send(self, job.shelf, job.line, { verb: 'toy.done', tag: job.tag, isDone } as Frame);
  begin(sink, x);
}

function receiveAtSink(sink: Sink, input: Input, x: Context): void {
  switch (input.type) {
    case 'frame': {
      const frame = input.frame as ToyFrame;
      if (frame.verb !== 'toy.give') return;
      x.fact('message.received', x.wiring.self.id, frame.message.id, input.line);
      sink.jobs.push({ message: frame.message, tag: frame.tag, shelf: input.from, line: input.line });
      if (sink.jobs.length === 1) begin(sink, x);
      return;
    }
    case 'timer':
      finish(sink, x);
      return;
    case 'peer':
      if (sink.jobs.length > 0) x.forget(sink.timer);
      sink.jobs = [];
      if (input.up) greet(x);
      return;
    case 'restarted':
      greet(x);
      return;
    case 'wiring':
      if (input.change === 'joined') greet(x);
      return;
    case 'command':
      x.fact('node.paused', x.wiring.self.id);
  }
}

const sinkKernel: Kernel<Sink> = {
  kind: 'toy/sink',
  models: 'toy',
  omits: [],
  start(x) {
    greet(x);
    return { jobs: [], timer: 0 };
  },
  receive: receiveAtSink,
  crash(sink) {
    sink.jobs = [];
  },
  leave(_, x) {
    for (const line of x.wiring.lines) x.send(x.wiring.self.id, line.from, line.id, { verb: 'toy.bye' } as Frame);
  },
  copy: (sink) => ({ jobs: sink.jobs.slice(), timer: sink.timer }),
  describe: (sink, wiring) =>
    new Map([[wiring.self.id, { status: 'up', figures: [{ key: 'jobs', value: sink.jobs.length }], details: [] }]]),
  invariants: () => undefined,
};

const integer = (name: string, initial: number, max: number): FieldTable[number] => ({
  name,
  type: 'integer',
  min: 0,
  max,
  initial,
  unit: 'none',
});

function part(kind: string, role: 'node' | 'place', fields: FieldTable, verbs: readonly string[] = []): [string, PartKind] {
  const inside = role === 'place' ? { inside: 'toy/box' } : {};
  return [kind, { kind, role, shape: 'circle', fields, palette: [], nameStem: kind.slice(4), verbs, ...inside }];
}
function line(kind: string, from: string, to: string, cuttable: boolean): [string, LineKind] {
  return [kind, { kind, from: [from], to: [to], fields: [], cuttable }];
}

const vocabulary: Vocabulary = {
  parts: new Map([
    part('toy/box', 'node', []),
    part('toy/door', 'place', [{ name: 'all', type: 'boolean', initial: false }], ['publish']),
    part('toy/shelf', 'place', [{ name: 'durable', type: 'boolean', initial: false }], ['purge']),
    part('toy/source', 'node', [integer('every', 10_000, 10_000_000), integer('count', 1_000_000, 1_000_000)], ['pause', 'resume']),
    part('toy/sink', 'node', [integer('window', 1, 100), integer('work', 5_000, 10_000_000), integer('fail', 0, 1_000)]),
  ]),
  lines: new Map([
    line('toy/push', 'toy/source', 'toy/door', true),
    line('toy/pipe', 'toy/door', 'toy/shelf', false),
    line('toy/take', 'toy/shelf', 'toy/sink', true),
  ]),
  connect: (_, __, to) => ({ problem: { where: to.id, key: 'none' } }),
  mend: (scenario) => scenario,
  implied: ({ parts }) =>
    parts
      .filter((door) => door.kind === 'toy/door' && door.config['all'] === true)
      .flatMap((door) =>
        parts
          .filter((shelf) => shelf.kind === 'toy/shelf' && shelf.parent === door.parent)
          .map((shelf): Line => ({ id: `${door.id}>${shelf.id}`, kind: 'toy/all', from: door.id, to: shelf.id, config: {} })),
      ),
  check: () => [],
};

export const toyPack: Pack = {
  protocol: 'toy',
  kernels: new Map([boxKernel, sourceKernel, sinkKernel].map((kernel) => [kernel.kind, kernel as Kernel])),
  vocabulary,
  marks: { 'toy.put': 'message', 'toy.hop': 'message', 'toy.give': 'message', 'toy.done': 'ack', 'toy.want': 'control' },
  messageFields: [{ name: 'key', type: 'text', maxLength: 100, initial: '' }],
};
export const toyCatalogue = makeCatalogue([toyPack]);

export function toyPart(id: PartId, kind: string, config: Part['config'] = {}, parent?: PartId): Part {
  return { id, kind: `toy/${kind}`, name: id, x: 0, y: 0, config, ...(parent === undefined ? {} : { parent }) };
}
export function toyLine(from: PartId, kind: string, to: PartId): Line {
  return { id: `${from}-${to}`, kind: `toy/${kind}`, from, to, config: {} };
}

export const TOY_SETTINGS: Settings = {
  latency: micros(1_000),
  hop: micros(500),
  until: micros(1_000_000),
  detect: micros(50_000),
  colourBy: 'key',
};

export interface ToyOptions {
  readonly parts: readonly Part[];
  readonly lines: readonly Line[];
  readonly settings?: Partial<Settings>;
  readonly interventions?: readonly Intervention[];
  readonly seed?: number;
}
export function toyRun({ parts, lines, settings, interventions = [], seed = 7 }: ToyOptions): Run {
  const scenario = { from: '', title: '', intro: '', parts, lines, settings: { ...TOY_SETTINGS, ...settings } };
  return { scenario, seed, engine: ENGINE_VERSION, interventions };
}

/** One source, a door to one shelf, two sinks that take turns; ids src, box, door, shelf, sink1, sink2. */
export function pingPong(options: Partial<ToyOptions> = {}): Run {
  return toyRun({
    parts: [
      toyPart('src', 'source'),
      toyPart('box', 'box'),
      toyPart('door', 'door', {}, 'box'),
      toyPart('shelf', 'shelf', {}, 'box'),
      toyPart('sink1', 'sink'),
      toyPart('sink2', 'sink', { fail: 200 }),
    ],
    lines: [
      toyLine('src', 'push', 'door'),
      toyLine('door', 'pipe', 'shelf'),
      toyLine('shelf', 'take', 'sink1'),
      toyLine('shelf', 'take', 'sink2'),
    ],
    ...options,
  });
}

/** A deed at a time in milliseconds. */
export function deed(millis: number, verb: string, target: string, args: Intervention['args'] = {}): Intervention {
  return { at: micros(millis * 1_000), verb, target, args };
}
