import type { Config } from '../../../scenario/index.ts';
import { AnySketch } from '../build.ts';

/** Width and height of a box in canvas pixels. */
export type Size = readonly [width: number, height: number];

/** A group's box with room for its state above a row of members, a narrow one. */
export const TALL_GROUP: Size = [208, 240];

/** Writes a Kafka scenario down briefly: producers on the left, brokers in the middle, groups on the right. */
export class KafkaSketch extends AnySketch {
  private inBroker = '';
  private inGroup = '';

  constructor(latencyMillis = 350) {
    super(latencyMillis);
  }

  producer(id: string, name: string, x: number, y: number, config: Config): this {
    return this.draw({ id, kind: 'kafka/producer', name, x, y, config });
  }
  /** A broker; what is drawn of topics after it lies in it. Groups are not kept waiting for three seconds as they are by default. */
  broker(id: string, name: string, x: number, y: number, [width, height]: Size, config: Config = {}): this {
    this.inBroker = id;
    return this.draw({ id, kind: 'kafka/broker', name, x, y, width, height, config: { initialRebalanceDelayMillis: 1_000, ...config } });
  }
  /** As high as its partitions need, unless a size is given. */
  topic(id: string, name: string, x: number, y: number, config: Config, size?: Size): this {
    const given = size && { width: size[0], height: size[1] };
    return this.draw({ id, kind: 'kafka/topic', name, x, y, parent: this.inBroker, ...given, config });
  }
  /** The copy of a topic in another broker; `height` because it does not know how many partitions there are. */
  replica(id: string, topic: string, x: number, y: number, [width, height]: Size): this {
    return this.draw({ id, kind: 'kafka/replica', name: topic, x, y, parent: this.inBroker, width, height, config: {} });
  }
  /** A group; consumers that are drawn after it are its members. */
  group(id: string, name: string, x: number, y: number, [width, height]: Size, config: Config = {}): this {
    this.inGroup = id;
    return this.draw({ id, kind: 'kafka/group', name, x, y, width, height, config });
  }
  consumer(id: string, name: string, x: number, y: number, config: Config = {}): this {
    return this.draw({ id, kind: 'kafka/consumer', name, x, y, parent: this.inGroup, config });
  }
  zookeeper(id: string, name: string, x: number, y: number): this {
    return this.draw({ id, kind: 'zookeeper/server', name, x, y, config: {} });
  }

  produce(from: string, to: string): this {
    return this.join('kafka/produce', from, to, {});
  }
  subscribe(topic: string, ...groups: readonly string[]): this {
    for (const group of groups) this.join('kafka/subscribe', topic, group, {});
    return this;
  }
  /** Brokers whose cluster keeps its metadata in ZooKeeper. */
  registered(server: string, ...brokers: readonly string[]): this {
    for (const broker of brokers) this.join('kafka/zookeeper', broker, server, {});
    return this;
  }
  link(from: string, to: string): this {
    return this.join('kafka/link', from, to, {});
  }
}
