import type { Micros } from '../../../base/index.ts';
import type { Kernel } from '../../../engine/index.ts';
import type { BatchFrame } from './holder.ts';

interface Reader {
  /** By store and lane, `<store>/<lane>`: what comes next. */
  readonly positions: Map<string, number>;
  isStopped: boolean;
}

/** Takes what it is sent, says how far it has come, and stops while its team changes. */
export const readerKernel: Kernel<Reader> = {
  kind: 'bench/reader',
  models: 'bench',
  omits: [],
  start(x) {
    x.wake({ name: 'alive' }, 900_000 as Micros);
    return { positions: new Map(), isStopped: false };
  },
  receive(state, input, x) {
    const self = x.wiring.self.id;
    const holder = x.wiring.partsOf('bench/holder')[0]?.id;
    if (holder === undefined) return;
    if (input.type === 'timer') {
      x.wake({ name: 'alive' }, 900_000 as Micros);
      x.send(self, holder, '', { verb: 'bench.alive' });
    }
    if (input.type !== 'frame') return;
    if (input.frame.verb === 'bench.join') {
      state.isStopped = !state.isStopped;
      for (const lane of state.positions.keys())
        x.fact(state.isStopped ? 'reading.stopped' : 'reading.resumed', self, 0, '', '', { lane: lane.replace('/', '-') });
      x.send(self, holder, '', { verb: 'bench.join' });
    }
    if (input.frame.verb !== 'bench.batch' || state.isStopped) return;
    const { store, lane, at, messages = [] } = input.frame as BatchFrame;
    for (const { id } of messages) x.fact('message.received', self, id, input.line);
    state.positions.set(`${store}/${lane}`, at + messages.length);
    x.send(self, holder, '', { verb: 'bench.fetch', store, lane, at } as BatchFrame);
  },
  crash(state) {
    state.positions.clear();
  },
  leave() {},
  copy: ({ positions, isStopped }) => ({ positions: new Map(positions), isStopped }),
  describe: ({ positions, isStopped }, { self }) =>
    new Map([
      [
        self.id,
        {
          status: isStopped ? 'paused' : 'up',
          figures: [],
          details: [],
          pointers: [...positions].map(([name, at]) => {
            const [store = '', lane = ''] = name.split('/');
            return { store, lane, at, kind: 'position' as const, reader: self.id };
          }),
        },
      ],
    ]),
  invariants: () => undefined,
};
