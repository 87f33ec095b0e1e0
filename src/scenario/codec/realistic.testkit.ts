import { fromSeconds } from '../../base/index.ts';
import { addPart, configure, connect, type EditContext, rename, setSettings } from '../edits/index.ts';
import { addIntervention } from '../edits/interventions.ts';
import { addedIds, emptyRun } from '../run.ts';
import type { Config, Run } from '../types.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** Draws a scenario as a person would, through the edits, and speaks of the parts by their names. */
export class Drawing {
  run: Run = emptyRun();
  private readonly context: EditContext;
  private readonly ids = new Map<string, string>();

  constructor(vocabulary: Vocabulary) {
    this.context = { vocabulary, at: 0 as EditContext['at'], side: 'a' };
  }

  part(what: string, name: string, x: number, y: number, config: Config = {}): this {
    return this.change((run) => addPart(run, this.context, { kind: `rabbitmq/${what}`, name, x, y, config }), name);
  }

  line(from: string, to: string, config: Config = {}): this {
    return this.change((run) => {
      const result = connect(run, this.context, { from: this.id(from), to: this.id(to), config });
      return result.ok ? result : { ok: false, error: result.error.problem };
    });
  }

  at(seconds: number, verb: string, target: string, args: Config = {}): this {
    return this.change((run) =>
      addIntervention(run, { ...this.context, at: fromSeconds(seconds) }, { verb, target: this.id(target), args }),
    );
  }

  configure(name: string, config: Config): this {
    return this.change((run) => configure(run, this.context, this.id(name), config));
  }

  rename(name: string, to: string): this {
    return this.change((run) => rename(run, this.context, this.id(name), to));
  }

  settings(config: Config): this {
    return this.change((run) => setSettings(run, config));
  }

  private id(name: string): string {
    return this.ids.get(name) ?? name;
  }

  private change(edit: (run: Run) => ReturnType<typeof addPart>, name?: string): this {
    const result = edit(this.run);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    const [id] = addedIds(this.run, result.value);
    if (name !== undefined && id !== undefined) this.ids.set(name, id);
    this.run = result.value;
    return this;
  }
}

const animals = (...keys: readonly string[]) => ({ templates: keys.map((key) => ({ key })) });

/** Five nodes in their broker: the topic exchange of RabbitMQ's fifth tutorial. */
export function topicOfFive(vocabulary: Vocabulary): Run {
  return new Drawing(vocabulary)
    .part('broker', 'rabbit-1', 400, 240)
    .part('producer', 'zoo', 80, 240, { everyMillis: 800, ...animals('quick.orange.rabbit', 'lazy.orange.elephant', 'quick.brown.fox') })
    .part('exchange', 'animals', 296, 240, { type: 'topic' })
    .part('queue', 'orange', 464, 176)
    .part('queue', 'rabbits', 464, 304)
    .part('consumer', 'consumer-1', 736, 240, { prefetch: 1, workMillis: 1_500 })
    .line('zoo', 'animals')
    .line('animals', 'orange', { key: '*.orange.*' })
    .line('animals', 'rabbits', { key: '*.*.rabbit' })
    .line('orange', 'consumer-1')
    .line('rabbits', 'consumer-1')
    .settings({ until: 20_000 })
    .at(6, 'crash', 'consumer-1')
    .at(9.5, 'restart', 'consumer-1').run;
}

/** Two fast workers beside a slow one, as the second tutorial has them. */
export function workersOfFive(vocabulary: Vocabulary): Run {
  return new Drawing(vocabulary)
    .part('broker', 'rabbit-1', 416, 256)
    .part('producer', 'shop', 88, 256, {
      mode: 'burst',
      count: 12,
      templates: [
        { key: 'orders', weight: 1 },
        { key: 'orders', weight: 5 },
      ],
    })
    .part('exchange', '', 304, 256, { type: 'default' })
    .part('queue', 'orders', 488, 256)
    .part('consumer', 'anna', 760, 160, { prefetch: 1, work: 'weight', workMillis: 700 })
    .part('consumer', 'bert', 760, 352, { prefetch: 1, work: 'weight', workMillis: 700 })
    .line('shop', '')
    .line('orders', 'anna')
    .line('orders', 'bert')
    .settings({ latency: 250, hop: 150, until: 45_000 })
    .at(4.2, 'publish', 'shop', { key: 'orders', body: 'by hand', count: 3 }).run;
}

/** Twenty nodes: a shop whose orders, logs and mails go their ways. */
export function shopOfTwenty(vocabulary: Vocabulary): Run {
  const shop = new Drawing(vocabulary)
    .part('broker', 'rabbit-1', 464, 400)
    .part('producer', 'web-shop', 80, 160, { everyMillis: 600, ...animals('order.created', 'order.paid', 'order.cancelled') })
    .part('producer', 'warehouse', 80, 400, { everyMillis: 1_500, ...animals('stock.low', 'stock.counted') })
    .part('producer', 'payments', 80, 624, { mode: 'burst', count: 20, startMillis: 2_000, ...animals('payment.failed') })
    .part('exchange', 'events', 312, 240, { type: 'topic' })
    .part('exchange', 'alerts', 312, 480, { type: 'fanout' })
    .part('exchange', 'mail', 312, 640, { type: 'direct' });
  const queues = ['invoices', 'shipping', 'stock', 'audit-log', 'pager', 'mail-out', 'dashboard'];
  queues.forEach((name, i) => {
    shop.part('queue', name, 560, 120 + 88 * i, i === 3 ? { arguments: { 'x-max-length': 100 } } : {});
  });
  queues.slice(0, 6).forEach((name, i) => {
    shop.part('consumer', `${name}-worker`, 840, 128 + 96 * i, { prefetch: i + 1, workMillis: 400 * (i + 1) });
    shop.line(name, `${name}-worker`);
  });
  return shop
    .line('web-shop', 'events')
    .line('warehouse', 'events')
    .line('payments', 'alerts')
    .line('events', 'invoices', { key: 'order.paid' })
    .line('events', 'shipping', { key: 'order.*' })
    .line('events', 'stock', { key: 'stock.#' })
    .line('events', 'audit-log', { key: '#' })
    .line('events', 'mail', { key: '*.cancelled' })
    .line('alerts', 'pager')
    .line('alerts', 'mail-out')
    .line('alerts', 'dashboard')
    .line('mail', 'mail-out', { key: 'order.cancelled' })
    .settings({ latency: 300, hop: 200, until: 60_000, colourBy: 'producer' })
    .at(8, 'crash', 'shipping-worker')
    .at(14, 'restart', 'shipping-worker')
    .at(20, 'reconfigure', 'invoices-worker', { prefetch: 10 }).run;
}
