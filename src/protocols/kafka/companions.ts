import type { Companion, Part, Scenario } from '../../scenario/index.ts';
import { withDefaults } from '../../scenario/index.ts';
import type { TopicConfig } from './configs.ts';
import { TOPIC_FIELDS } from './fields.ts';
import { firstReplicas } from './firstReplicas.ts';
import { REPLICA, TOPIC } from './kinds.ts';
import { servingIn } from './routes.ts';

/**
 * A topic asks for lanes in every broker that will hold some of its partitions from the beginning, except where it is drawn itself.
 * One that is created while the cluster runs may get into any, unless its replicas are written down.
 */
export function companions(scenario: Scenario, isFromStart: boolean): readonly Companion[] {
  const topics = scenario.parts.filter(({ kind }) => kind === TOPIC);
  if (topics.length === 0) return [];
  const brokers = [...servingIn(scenario)];
  // Of two topics of one name, which a check tells of, only the first has a log.
  const firsts = new Map(topics.toReversed().map((topic) => [topic.name, topic]));
  return topics.filter((topic) => firsts.get(topic.name) === topic).flatMap((topic) => companionsOf(topic, brokers, isFromStart));
}

function companionsOf(topic: Part, brokers: readonly (readonly [number, Part])[], isFromStart: boolean): readonly Companion[] {
  const config = withDefaults(TOPIC_FIELDS, topic.config) as unknown as TopicConfig;
  const placeable = brokers.map(([id, part]) => ({ id, rack: String(part.config['rack'] ?? '') }));
  const isAnywhere = !isFromStart && config.replicas === '';
  const lists = isAnywhere ? [] : firstReplicas(config, placeable);
  return brokers.flatMap(([id, broker]) => {
    const lanes = isAnywhere ? config.partitions : lists.filter((ids) => ids.includes(id)).length;
    if (lanes === 0 || broker.id === topic.parent) return [];
    return [{ of: topic.id, kind: REPLICA, name: topic.name, parent: broker.id, lanes }];
  });
}
