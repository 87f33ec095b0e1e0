import { makeCatalogue } from '../engine/index.ts';
import { kafka } from './kafka/pack.ts';
import { rabbitmq } from './rabbitmq/pack.ts';
import { zookeeper } from './zookeeper/pack.ts';

/** Every system that can be drawn: one line a pack. */
export const catalogue = makeCatalogue([rabbitmq, kafka, zookeeper]);
