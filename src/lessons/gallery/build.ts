import { fromMillis, fromSeconds, type Micros } from '../../base/index.ts';
import { ENGINE_VERSION } from '../../engine/index.ts';
import type { Config, Intervention, Line, Part, Run, Scenario } from '../../scenario/index.ts';

/** What every system's drawings have in common. */
export abstract class AnySketch {
  private readonly parts: Part[] = [];
  private readonly lines: Line[] = [];
  private readonly interventions: Intervention[] = [];
  private detectSeconds = 30;
  private readonly latencyMillis: number;

  constructor(latencyMillis: number) {
    this.latencyMillis = latencyMillis;
  }

  at(seconds: number, verb: string, ...targets: readonly string[]): this {
    for (const target of targets) this.deed(seconds, verb, target, {});
    return this;
  }
  /** Settings that someone changes during the run. */
  set(seconds: number, target: string, changes: Config): this {
    return this.deed(seconds, 'reconfigure', target, changes);
  }

  /** Seconds until a cut line is noticed. */
  detect(seconds: number): this {
    this.detectSeconds = seconds;
    return this;
  }

  scenario(id: string, seconds: number, colourBy: Scenario['settings']['colourBy'] = 'message'): Scenario {
    const settings = {
      latency: fromMillis(this.latencyMillis),
      hop: fromMillis(this.latencyMillis),
      until: fromSeconds(seconds) as Micros,
      detect: fromSeconds(this.detectSeconds),
      colourBy,
    };
    return { from: id, title: '', intro: '', parts: this.parts, lines: this.lines, settings };
  }
  run(id: string, seconds: number, colourBy?: Scenario['settings']['colourBy']): Run {
    return { scenario: this.scenario(id, seconds, colourBy), seed: 1, engine: ENGINE_VERSION, interventions: this.interventions };
  }

  protected draw(part: Part): this {
    this.parts.push(part);
    return this;
  }
  protected join(kind: string, from: string, to: string, config: Config): this {
    this.lines.push({ id: `l${this.lines.length + 1}`, kind, from, to, config });
    return this;
  }
  private deed(seconds: number, verb: string, target: string, args: Config): this {
    this.interventions.push({ at: fromSeconds(seconds), verb, target, args });
    return this;
  }
}

/** Writes a RabbitMQ scenario down briefly; every broker scenario of the gallery is laid out from left to right. */
export class Sketch extends AnySketch {
  /** The broker that places are drawn in. */
  private inside = 'b';

  constructor() {
    super(400);
  }

  broker(x: number, y: number, width: number, height: number): this {
    return this.draw({ id: 'b', kind: 'rabbitmq/broker', name: 'rabbit-1', x, y, width, height, config: {} });
  }
  /** One node of a cluster; what is drawn after it lies inside it. */
  node(id: string, name: string, x: number, y: number, width: number, height: number, config: Config = {}): this {
    this.inside = id;
    return this.draw({ id, kind: 'rabbitmq/broker', name, x, y, width, height, config });
  }
  link(from: string, to: string): this {
    return this.line('cluster', from, to);
  }
  replica(id: string, queue: string, x: number, y: number): this {
    return this.part(id, 'replica', queue, x, y, {}, this.inside);
  }
  disk(id: string, name: string, x: number, y: number, config: Config = {}): this {
    return this.part(id, 'disk', name, x, y, config, this.inside);
  }
  publishVia(from: string, to: string, exchange: string): this {
    return this.line('publish-via', from, to, { exchange });
  }
  consumeVia(from: string, to: string, queue: string): this {
    return this.line('consume-via', from, to, { queue });
  }
  producer(id: string, name: string, x: number, y: number, config: Config): this {
    return this.part(id, 'producer', name, x, y, config);
  }
  consumer(id: string, name: string, x: number, y: number, config: Config = {}): this {
    return this.part(id, 'consumer', name, x, y, config);
  }
  exchange(id: string, name: string, x: number, y: number, type: string, config: Config = {}): this {
    return this.part(id, 'exchange', name, x, y, { type, ...config }, this.inside);
  }
  queue(id: string, name: string, x: number, y: number, config: Config = {}): this {
    return this.part(id, 'queue', name, x, y, config, this.inside);
  }
  publish(from: string, to: string): this {
    return this.line('publish', from, to);
  }
  bind(from: string, to: string, config: Config = {}): this {
    return this.line('binding', from, to, config);
  }
  consume(from: string, to: string): this {
    return this.line('consume', from, to);
  }

  private part(id: string, what: string, name: string, x: number, y: number, config: Config, parent?: string): this {
    return this.draw({ id, kind: `rabbitmq/${what}`, name, x, y, ...(parent === undefined ? {} : { parent }), config });
  }
  private line(what: string, from: string, to: string, config: Config = {}): this {
    return this.join(`rabbitmq/${what}`, from, to, config);
  }
}
