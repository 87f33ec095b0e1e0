import type { LineId, PartId } from '../base/index.ts';
import type { Cell, Context, Frame, Input, Kernel, Line, Message, PartView, Wiring } from './types.ts';

/*
 * The node of the toy pack that holds places: doors take messages and pass copies along pipes to shelves; a shelf gives
 * to sinks that have said how many they want, one after the other, and forgets what they are done with.
 */

export type ToyFrame =
  | { readonly verb: 'toy.put'; readonly message: Message }
  | { readonly verb: 'toy.hop'; readonly message: Message }
  | { readonly verb: 'toy.give'; readonly message: Message; readonly tag: number; readonly again: boolean }
  | { readonly verb: 'toy.want'; readonly count: number }
  | { readonly verb: 'toy.done'; readonly tag: number; readonly isDone: boolean }
  | { readonly verb: 'toy.bye' };

interface Item {
  readonly message: Message;
  readonly again: boolean;
}
interface Given extends Item {
  readonly sink: PartId;
}
interface Shelf {
  readonly id: PartId;
  ready: Item[];
  given: Map<number, Given>;
  /** By sink, in turn: the first is asked first, and goes to the end once it got something. */
  wants: Map<PartId, { readonly line: LineId; readonly left: number }>;
}
export interface Box {
  shelves: Map<PartId, Shelf>;
  nextTag: number;
}

const isPipe = (line: Line) => line.kind === 'toy/pipe' || line.kind === 'toy/all';

function emptyShelf(id: PartId): Shelf {
  return { id, ready: [], given: new Map(), wants: new Map() };
}

function put(door: PartId, message: Message, x: Context): void {
  const pipes = x.wiring.lines.filter((line) => line.from === door && isPipe(line));
  const shelves = [...new Map(pipes.map((line) => [line.to, line])).values()];
  const data = { matched: shelves.map((line) => line.id), unmatched: [], queues: shelves.map((line) => line.to) };
  x.fact('message.routed', door, message.id, '', shelves.length > 0 ? 'matched' : 'unroutable', data);
  for (const line of shelves) x.send(door, line.to, line.id, { verb: 'toy.hop', message } as Frame);
  if (shelves.length === 0) x.fact('message.settled', door, message.id, '', 'unroutable', { outcome: 'dropped' });
}

function dispatch(box: Box, shelf: Shelf, x: Context): void {
  while (shelf.ready.length > 0) {
    const turn = [...shelf.wants].find(([, want]) => want.left > 0);
    if (!turn) return;
    const [sink, want] = turn;
    shelf.wants.delete(sink);
    shelf.wants.set(sink, { line: want.line, left: want.left - 1 });
    const item = shelf.ready.shift() as Item;
    const tag = box.nextTag++;
    shelf.given.set(tag, { ...item, sink });
    const { message, again } = item;
    x.fact('message.delivered', shelf.id, message.id, want.line, 'turn-next', { consumer: sink, tag, redelivered: again });
    x.send(shelf.id, sink, want.line, { verb: 'toy.give', message, tag, again } as Frame);
  }
}

function takeBack(box: Box, shelf: Shelf, tags: readonly number[], why: string, x: Context): void {
  const back = tags.map((tag) => shelf.given.get(tag) as Given);
  for (const tag of tags) shelf.given.delete(tag);
  shelf.ready = [...back.map(({ message }) => ({ message, again: true })), ...shelf.ready];
  for (const [ahead, { message }] of back.entries()) x.fact('message.requeued', shelf.id, message.id, '', why, { ahead });
  dispatch(box, shelf, x);
}

function forgetSink(box: Box, node: PartId, x: Context): void {
  for (const shelf of box.shelves.values()) {
    shelf.wants.delete(node);
    const tags = [...shelf.given].filter(([, { sink }]) => sink === node).map(([tag]) => tag);
    takeBack(box, shelf, tags, 'connection-closed', x);
  }
}

function receiveFrame(box: Box, { from, to, line, frame }: Input & { type: 'frame' }, x: Context): void {
  const toy = frame as ToyFrame;
  if (toy.verb === 'toy.put') put(to, toy.message, x);
  if (toy.verb === 'toy.bye') forgetSink(box, from, x);
  const shelf = box.shelves.get(to);
  if (!shelf) {
    if (toy.verb === 'toy.hop') x.fact('message.settled', to, toy.message.id, line, 'deleted', { outcome: 'dropped' });
    return;
  }
  if (toy.verb === 'toy.hop') {
    x.fact('message.stored', to, toy.message.id, line, '', { ahead: shelf.ready.length });
    shelf.ready.push({ message: toy.message, again: false });
  }
  if (toy.verb === 'toy.want') shelf.wants.set(from, { line, left: toy.count });
  if (toy.verb === 'toy.done') {
    const given = shelf.given.get(toy.tag);
    const want = shelf.wants.get(from);
    if (!given || !want) return;
    shelf.wants.set(from, { line: want.line, left: want.left + 1 });
    if (toy.isDone) {
      shelf.given.delete(toy.tag);
      x.fact('message.settled', to, given.message.id, '', 'acked', { outcome: 'acked' });
    } else takeBack(box, shelf, [toy.tag], 'rejected', x);
  }
  dispatch(box, shelf, x);
}

function empty(shelf: Shelf, why: string, x: Context): void {
  for (const { message } of [...shelf.ready, ...shelf.given.values()])
    x.fact('message.settled', shelf.id, message.id, '', why, { outcome: 'dropped' });
  shelf.ready = [];
  shelf.given = new Map();
}

function follow(box: Box, change: string, id: PartId, x: Context): void {
  const part = x.wiring.part(id);
  const shelf = box.shelves.get(id);
  if (change === 'joined' && part?.kind === 'toy/shelf') box.shelves.set(id, emptyShelf(id));
  if (change !== 'left' || !shelf) return;
  empty(shelf, 'deleted', x);
  box.shelves.delete(id);
}

function command(box: Box, { verb, target, args }: Input & { type: 'command' }, x: Context): void {
  if (verb === 'purge') {
    const shelf = box.shelves.get(target) as Shelf;
    x.fact('place.purged', target, 0, '', 'operator', { count: shelf.ready.length });
    for (const { message } of shelf.ready) x.fact('message.settled', target, message.id, '', 'purged', { outcome: 'dropped' });
    shelf.ready = [];
    return;
  }
  const message = { id: x.mint(), key: String(args['key'] ?? ''), producer: x.wiring.self.id, body: '', weight: 1 };
  x.fact('message.published', target, message.id, '', 'operator', { key: message.key });
  put(target, message, x);
}

function declare(box: Box, wiring: Wiring): void {
  for (const part of wiring.places)
    if (part.kind === 'toy/shelf' && !box.shelves.has(part.id)) box.shelves.set(part.id, emptyShelf(part.id));
}

function cellOf({ message, again }: Item): Cell {
  return { message: message.id, key: message.key, producer: message.producer, redelivered: again };
}

export const boxKernel: Kernel<Box> = {
  kind: 'toy/box',
  models: 'toy',
  omits: [],
  start(x) {
    const box: Box = { shelves: new Map(), nextTag: 1 };
    declare(box, x.wiring);
    for (const shelf of box.shelves.keys()) x.fact('place.declared', shelf, 0, '', 'booted');
    return box;
  },
  receive(box, input, x) {
    if (input.type === 'frame') receiveFrame(box, input, x);
    if (input.type === 'command') command(box, input, x);
    if (input.type === 'wiring') follow(box, input.change, input.id, x);
    if (input.type === 'peer' && !input.up) forgetSink(box, input.node, x);
    if (input.type === 'restarted') {
      for (const id of box.shelves.keys()) if (!x.wiring.part(id)) box.shelves.delete(id);
      declare(box, x.wiring);
    }
  },
  crash(box, x) {
    for (const shelf of box.shelves.values()) {
      shelf.wants = new Map();
      if (x.config(shelf.id)['durable'] !== true) empty(shelf, 'crashed', x);
      shelf.ready = [...[...shelf.given.values()].map(({ message }) => ({ message, again: true })), ...shelf.ready];
      shelf.given = new Map();
    }
  },
  leave(box, x) {
    for (const shelf of box.shelves.values()) empty(shelf, 'deleted', x);
  },
  copy(box) {
    const shelves = [...box.shelves.values()].map(({ id, ready, given, wants }): [PartId, Shelf] => [
      id,
      { id, ready: ready.slice(), given: new Map(given), wants: new Map(wants) },
    ]);
    return { shelves: new Map(shelves), nextTag: box.nextTag };
  },
  describe(box, wiring) {
    const views = new Map<PartId, PartView>([[wiring.self.id, { status: 'up', figures: [], details: [] }]]);
    for (const { id, ready, given } of box.shelves.values()) {
      const unacked = [...given.values()].map(cellOf);
      const store = { ready: ready.map(cellOf), readyCount: ready.length, unacked, unackedCount: unacked.length };
      views.set(id, { status: 'up', store, figures: [], details: [] });
    }
    return views;
  },
  invariants(box) {
    for (const { id, given, wants } of box.shelves.values())
      for (const { sink } of given.values()) if (!wants.has(sink)) return `${id} has given to ${sink}, which wants nothing`;
    return undefined;
  },
};
