import type { Context } from '../../../engine/index.ts';
import type { BrokerConfig } from '../configs.ts';
import { BROKER, ZOOKEEPER, ZOOKEEPER_SERVER } from '../kinds.ts';
import { type Features, featuresOf } from '../versions.ts';

/** The cluster goes by its oldest broker. */
export function clusterFeatures(x: Context): Features {
  return featuresOf(x.wiring.partsOf(BROKER).map(({ id }) => x.config<BrokerConfig>(id).version));
}

/** Brokers that are drawn with a way to ZooKeeper. */
export function zookeeperBrokers({ wiring }: Pick<Context, 'wiring'>): ReadonlySet<string> {
  const lines = wiring.partsOf(ZOOKEEPER_SERVER).flatMap(({ id }) => wiring.linesTo(id));
  return new Set(lines.filter(({ kind }) => kind === ZOOKEEPER).map(({ from }) => from));
}

/** The cluster keeps its metadata in ZooKeeper: a line says so, and all its brokers are old enough. */
export function isZookeeperMode(x: Context): boolean {
  return clusterFeatures(x).mayUseZookeeper && zookeeperBrokers(x).size > 0;
}
