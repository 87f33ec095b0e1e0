import { type Catalogue, makeCatalogue } from '../engine/index.ts';
import { vocabulary as kafka } from './kafka/vocabulary.ts';
import { vocabulary as rabbitmq } from './rabbitmq/vocabulary.ts';
import { vocabulary as zookeeper } from './zookeeper/vocabulary.ts';

/**
 * What can be drawn, without how it behaves: all that a page needs to show and edit a scenario before the kernels have
 * been loaded. One line a pack, as in `catalogue.ts`.
 */
export const drawable: Catalogue = makeCatalogue([
  { protocol: 'rabbitmq', vocabulary: rabbitmq, kernels: new Map(), marks: {}, messageFields: rabbitmq.messageFields?.('') ?? [] },
  { protocol: 'kafka', vocabulary: kafka, kernels: new Map(), marks: {}, messageFields: kafka.messageFields?.('') ?? [] },
  { protocol: 'zookeeper', vocabulary: zookeeper, kernels: new Map(), marks: {}, messageFields: [] },
]);
