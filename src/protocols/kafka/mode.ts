import type { Part, Wiring } from '../../engine/index.ts';
import type { Scenario } from '../../scenario/index.ts';
import { BROKER_FIELDS } from './fields.ts';
import { BROKER, ZOOKEEPER, ZOOKEEPER_SERVER } from './kinds.ts';
import { type Features, featuresOf } from './versions.ts';

/** The release that a broker is unless its author says otherwise. */
const VERSION_INITIAL = BROKER_FIELDS.find(({ name }) => name === 'version')?.initial;

export function versionOf({ config }: Part): string {
  return String(config['version'] ?? VERSION_INITIAL);
}

/** The cluster goes by its oldest broker. */
export function clusterFeatures(wiring: Wiring): Features {
  return featuresOf(wiring.partsOf(BROKER).map(versionOf));
}

/** Brokers that are drawn with a way to ZooKeeper. */
export function zookeeperBrokers(wiring: Wiring): ReadonlySet<string> {
  const lines = wiring.partsOf(ZOOKEEPER_SERVER).flatMap(({ id }) => wiring.linesTo(id));
  return new Set(lines.filter(({ kind }) => kind === ZOOKEEPER).map(({ from }) => from));
}

/** The cluster keeps its metadata in ZooKeeper: a line says so, and all its brokers are old enough. */
function keepsInZookeeper(brokers: readonly Part[], isDrawn: boolean): boolean {
  return isDrawn && featuresOf(brokers.map(versionOf)).mayUseZookeeper;
}

export function isZookeeperMode(wiring: Wiring): boolean {
  return keepsInZookeeper(wiring.partsOf(BROKER), zookeeperBrokers(wiring).size > 0);
}

/** The same of a drawing that is not running. */
export function drawsZookeeper({ parts, lines }: Scenario): boolean {
  return keepsInZookeeper(
    parts.filter(({ kind }) => kind === BROKER),
    lines.some(({ kind }) => kind === ZOOKEEPER),
  );
}

/** It votes on the metadata, and holds no partition. With ZooKeeper there is no such thing. */
export function isControllerOnly({ config }: Part, isZookeeper: boolean): boolean {
  return !isZookeeper && config['roles'] === 'controller';
}
