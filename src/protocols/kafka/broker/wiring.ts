import type { Context, Input } from '../../../engine/index.ts';
import type { TopicConfig } from '../configs.ts';
import { replicasOf } from '../configs.ts';
import { topicNamed } from '../controller/index.ts';
import { TOPIC } from '../kinds.ts';
import { clusterFeatures } from '../mode.ts';
import { askController } from './cluster/ask.ts';
import { clusterWay } from './cluster/index.ts';
import type { Broker } from './state.ts';
import { controllerConfigs, settingsOf, topicParts } from './topics.ts';

/** Something in or at this broker has joined, left or was set anew. */
export function wire(broker: Broker, { change, id, fields }: Extract<Input, { readonly type: 'wiring' }>, x: Context): void {
  broker.features = clusterFeatures(x.wiring);
  // Settings of topics hold in every broker, wherever the topic is drawn.
  for (const replica of broker.replicas.values()) replica.settings = settingsOf(replica.topic, x);
  clusterWay(broker).wired(broker, x);
  const part = x.wiring.part(id);
  if (part?.kind === TOPIC && part.parent === broker.part) {
    if (change === 'joined') createTopic(broker, part.name, x);
    else if (change === 'reconfigured') growTopic(broker, part.name, fields?.includes('partitions') === true, x);
  }
}

/** A topic was drawn: the controller is asked to create it. */
function createTopic(broker: Broker, name: string, x: Context): void {
  const part = topicParts(x.wiring).get(name);
  if (!part || topicNamed(broker.image, name)) return;
  const config = x.config<TopicConfig>(part.id);
  const assignments = config.replicas === '' ? undefined : replicasOf(config.replicas);
  const { partitions, replicationFactor } = config;
  askController(
    broker,
    {
      type: 'CreateTopic',
      name,
      ...(assignments ? { assignments } : { partitions, replicationFactor }),
      configs: controllerConfigs(config),
    },
    x,
  );
}

/** A topic was set anew. Partitions can only become more: who asks for fewer is refused, and that is a fact. */
function growTopic(broker: Broker, name: string, isAskedFor: boolean, x: Context): void {
  const part = topicParts(x.wiring).get(name);
  const topic = topicNamed(broker.image, name);
  if (!part || !topic) return;
  const config = x.config<TopicConfig>(part.id);
  for (const [key, value] of Object.entries(controllerConfigs(config)))
    if (broker.image.topicConfigs.get(name)?.get(key) !== value)
      askController(broker, { type: 'AlterConfig', topic: name, name: key, value }, x);
  const more = config.partitions - topic.partitions.length;
  if (more > 0 || (more < 0 && isAskedFor)) askController(broker, { type: 'CreatePartitions', topic: name, count: config.partitions }, x);
}

/** A person asks for the preferred leaders of a topic's partitions. */
export function electPreferred(broker: Broker, id: string, x: Context): void {
  const topic = topicNamed(broker.image, x.wiring.part(id)?.name ?? '');
  if (!topic) return;
  const partitions = topic.partitions.map((_, partition) => ({ topic: topic.name, partition }));
  askController(broker, { type: 'ElectLeaders', election: 'PREFERRED', partitions }, x);
}
