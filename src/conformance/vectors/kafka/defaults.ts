import type { Json, JsonObject } from '../../../base/index.ts';
import {
  BROKER_DEFAULTS,
  CONSUMER_DEFAULTS,
  KRAFT_DEFAULTS,
  lingerDefault,
  PRODUCER_DEFAULTS,
  ZOOKEEPER_DEFAULTS,
} from '../../../protocols/kafka/defaults.ts';
import { difference, objectOf, textOf } from './cases.ts';

/** Some names carry a remark: for which flavour of a cluster they count. */
function withoutRemarks(table: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name.replace(/ \(.*\)$/, ''), value]));
}

/** All that the simulation has must be in the table, with the table's value; the table has more than is simulated. */
function held(what: string, defaults: { readonly [name: string]: Json }, table: JsonObject): string | undefined {
  for (const [name, value] of Object.entries(defaults)) {
    if (!(name in table)) return `${what} ${name} is not in the table`;
    const found = difference(`${what} ${name}`, value, table[name]);
    if (found) return found;
  }
  return undefined;
}

export function playDefaults(data: JsonObject): string | undefined {
  const clients = objectOf(data['clients_3.9_and_trunk']);
  const broker = withoutRemarks(objectOf(data['broker']));
  const linger = textOf(objectOf(data['changedLater'])['producer.linger.ms']);
  return (
    held('producer', PRODUCER_DEFAULTS, objectOf(clients['producer'])) ??
    held('consumer', CONSUMER_DEFAULTS, objectOf(clients['consumer'])) ??
    held('broker', { ...BROKER_DEFAULTS, ...KRAFT_DEFAULTS, ...ZOOKEEPER_DEFAULTS }, broker) ??
    (linger.startsWith(`${lingerDefault({ major: 4 })} since 4.0`) ? undefined : `linger.ms since 4.0 is ${linger}`)
  );
}
