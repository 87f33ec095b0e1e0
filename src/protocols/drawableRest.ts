import type { Pack } from '../engine/index.ts';
import { vocabulary as kafka } from './kafka/vocabulary.ts';
import { vocabulary as zookeeper } from './zookeeper/vocabulary.ts';

/** Systems that the first picture of the page does not show: one line a pack. */
export const REST: readonly Pack[] = [
  { protocol: 'kafka', vocabulary: kafka, kernels: new Map(), marks: {}, messageFields: kafka.messageFields?.('') ?? [] },
  { protocol: 'zookeeper', vocabulary: zookeeper, kernels: new Map(), marks: {}, messageFields: [] },
];
