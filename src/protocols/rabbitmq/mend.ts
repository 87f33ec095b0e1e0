import { emptyRun, freshIds, type Line, type Part, rectOf, type Scenario } from '../../scenario/index.ts';
import { brokerOfClient, isDefaultExchange, type Mend } from './connect.ts';
import { BINDING, BROKER, CONSUME, EXCHANGE, PART_KINDS, PUBLISH, QUEUE } from './kinds.ts';

const GRID = 8;
/** From the middle of a shape to the border of its broker: half a rail and some air. */
const MARGIN = { x: 128, top: 72, bottom: 88 };
/** Shapes whose middles are nearer than this cover each other or each other's names. */
const ROOM = { x: 168, y: 96 };

/** Does what a refused line's offer promised: puts in what was missing between the two, or turns the line round. */
export function mend(scenario: Scenario, what: string, from: Part, to: Part): Scenario {
  const drawing = new Mending(scenario);
  switch (what as Mend) {
    case 'swap-ends':
      drawing.line(from.kind === QUEUE && to.kind === EXCHANGE ? BINDING : to.kind === QUEUE ? CONSUME : PUBLISH, to, from);
      break;
    case 'insert-default-exchange':
      drawing.viaDefaultExchange(from, to);
      break;
    case 'insert-exclusive-queue':
      drawing.viaOwnQueue(from, to);
      break;
    case 'insert-path':
      drawing.wholePath(from, to);
      break;
  }
  return drawing.scenario;
}

class Mending {
  scenario: Scenario;
  private readonly fresh: (letter: 'p' | 'l') => string;

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.fresh = freshIds({ ...emptyRun(), scenario });
  }

  line(kind: string, from: Part, to: Part, config: Line['config'] = {}): void {
    const isThere =
      kind !== BINDING && this.scenario.lines.some((line) => line.kind === kind && line.from === from.id && line.to === to.id);
    if (isThere) return;
    const line: Line = { id: this.fresh('l'), kind, from: from.id, to: to.id, config };
    this.scenario = { ...this.scenario, lines: [...this.scenario.lines, line] };
  }

  viaDefaultExchange(producer: Part, to: Part): void {
    const broker = to.kind === BROKER ? to : this.part(to.parent as string);
    const exchange = this.defaultExchange(broker, producer, to);
    this.line(PUBLISH, producer, exchange);
    if (to.kind === QUEUE) this.address(producer, to.name);
  }

  viaOwnQueue(exchange: Part, consumer: Part): void {
    const broker = this.part(exchange.parent as string);
    const near = { x: (exchange.x + consumer.x) / 2, y: consumer.y };
    const queue = this.place(
      broker,
      QUEUE,
      this.freeName(`${consumer.name}-queue`, broker.id),
      { exclusive: true, autoDelete: true },
      near,
    );
    this.line(BINDING, exchange, queue, exchange.config['type'] === 'topic' ? { key: '#' } : {});
    this.line(CONSUME, queue, consumer);
  }

  wholePath(producer: Part, consumer: Part): void {
    const id = brokerOfClient(this.scenario, producer) ?? brokerOfClient(this.scenario, consumer);
    const broker = this.scenario.parts.find((part) => part.kind === BROKER && (id === undefined || part.id === id)) as Part;
    const near = { x: (producer.x + 2 * consumer.x) / 3, y: (producer.y + consumer.y) / 2 };
    const queue = this.place(broker, QUEUE, this.freeName('queue-1', broker.id), {}, near);
    this.viaDefaultExchange(producer, queue);
    this.line(CONSUME, queue, consumer);
  }

  private part(id: string): Part {
    return this.scenario.parts.find((part) => part.id === id) as Part;
  }

  private defaultExchange(broker: Part, producer: Part, to: Part): Part {
    const found = this.scenario.parts.find((part) => part.parent === broker.id && isDefaultExchange(part));
    if (found) return found;
    const near = { x: (producer.x + to.x) / 2, y: to.kind === BROKER ? producer.y : to.y };
    return this.place(broker, EXCHANGE, '(AMQP default)', { type: 'default' }, near);
  }

  /** What the producer sends by default gets the queue's name as its key: that is all the default exchange looks at. */
  private address(producer: Part, queue: string): void {
    if (producer.config['templates'] !== undefined || producer.kind !== 'rabbitmq/producer') return;
    const config = { ...producer.config, templates: [{ key: queue }] };
    this.scenario = { ...this.scenario, parts: this.scenario.parts.map((part) => (part.id === producer.id ? { ...part, config } : part)) };
  }

  private freeName(wanted: string, broker: string): string {
    const taken = new Set(this.scenario.parts.filter((part) => part.parent === broker).map((part) => part.name));
    for (let n = 1; ; n++) {
      const name = n === 1 ? wanted : `${wanted.replace(/-\d+$/, '')}-${n}`;
      if (!taken.has(name)) return name;
    }
  }

  /** A new place in a broker near a point, clear of others; the broker grows to hold it. */
  private place(broker: Part, kind: string, name: string, config: Part['config'], near: { x: number; y: number }): Part {
    const box = rectOf(broker, 'region');
    const clamp = (value: number, low: number, high: number) =>
      Math.round(Math.min(Math.max(value, low), Math.max(low, high)) / GRID) * GRID;
    const x = clamp(near.x, box.x + MARGIN.x, box.x + box.width - MARGIN.x);
    let y = clamp(near.y, box.y + MARGIN.top, box.y + box.height - MARGIN.bottom);
    const others = this.scenario.parts.filter((part) => PART_KINDS.get(part.kind)?.shape !== 'region');
    while (others.some((part) => Math.abs(part.x - x) < ROOM.x && Math.abs(part.y - y) < ROOM.y)) y += GRID;
    const part: Part = { id: this.fresh('p'), kind, name, x, y, parent: broker.id, config };
    const missing = Math.max(0, y + MARGIN.bottom - (box.y + box.height));
    const grown = 2 * Math.ceil(missing / 2);
    const parts = this.scenario.parts.map((other) =>
      other.id === broker.id && grown > 0 ? { ...other, y: other.y + grown / 2, height: box.height + grown } : other,
    );
    this.scenario = { ...this.scenario, parts: [...parts, part] };
    return part;
  }
}
