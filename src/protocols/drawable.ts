import { lanesPack } from '../cli/bench/lanes/pack.ts';
import { type Catalogue, makeCatalogue } from '../engine/index.ts';
import { vocabulary as rabbitmq } from './rabbitmq/vocabulary.ts';
export const drawable: Catalogue = makeCatalogue([
  { protocol: 'rabbitmq', vocabulary: rabbitmq, kernels: new Map(), marks: {}, messageFields: rabbitmq.messageFields?.('') ?? [] },
  { ...lanesPack, kernels: new Map() },
]);
