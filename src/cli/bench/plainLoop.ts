import { Heap, type Micros } from '../../base/index.ts';

/** What the plain loop keeps in its agenda: no flight, no frame, no fact. */
interface Event {
  readonly at: Micros;
  readonly seq: number;
  readonly kind: 'publish' | 'arrive' | 'deliver' | 'done' | 'ack';
  readonly who: number;
}

export interface PlainOptions {
  readonly producers: number;
  readonly consumers: number;
  readonly prefetch: number;
  readonly everyMicros: number;
  readonly workMicros: number;
  readonly latencyMicros: number;
}

/**
 * The same system without everything that makes it worth looking at: an array as the queue, a counter as the credit, one
 * heap. It stands beside the engine as a reference of the machine. Returns how many messages were worked off.
 */
export function plainLoop(events: number, options: PlainOptions): number {
  const { producers, consumers, prefetch, everyMicros, workMicros, latencyMicros } = options;
  const agenda = new Heap<Event>();
  const queue: number[] = [];
  const credit = new Int32Array(consumers).fill(prefetch);
  const jobs = new Int32Array(consumers);
  let head = 0;
  let turn = 0;
  let seq = 0;
  let message = 0;
  let done = 0;
  const add = (at: number, kind: Event['kind'], who: number) => agenda.push({ at: at as Micros, seq: seq++, kind, who });
  const dispatch = (now: number) => {
    while (head < queue.length) {
      let tried = 0;
      while (tried < consumers && credit[turn] === 0) {
        turn = (turn + 1) % consumers;
        tried++;
      }
      if (tried === consumers) return;
      head++;
      if (head > 1_024 && head * 2 > queue.length) {
        queue.splice(0, head);
        head = 0;
      }
      credit[turn] = (credit[turn] as number) - 1;
      add(now + latencyMicros, 'deliver', turn);
      turn = (turn + 1) % consumers;
    }
  };
  for (let i = 0; i < producers; i++) add(everyMicros, 'publish', i);
  for (let taken = 0; taken < events; taken++) {
    const { at, kind, who } = agenda.pop() as Event;
    if (kind === 'publish') {
      add(at + everyMicros, 'publish', who);
      add(at + latencyMicros, 'arrive', who);
    } else if (kind === 'arrive') {
      queue.push(message++);
      dispatch(at);
    } else if (kind === 'deliver') {
      jobs[who] = (jobs[who] as number) + 1;
      if (jobs[who] === 1) add(at + workMicros, 'done', who);
    } else if (kind === 'done') {
      jobs[who] = (jobs[who] as number) - 1;
      if ((jobs[who] as number) > 0) add(at + workMicros, 'done', who);
      add(at + latencyMicros, 'ack', who);
      done++;
    } else {
      credit[who] = (credit[who] as number) + 1;
      dispatch(at);
    }
  }
  return done;
}
