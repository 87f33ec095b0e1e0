export { append, placeFor, type SendSettings } from './accumulator.ts';
export { clusterOf, type TopicLeaders } from './cluster.ts';
export { kafkajsHash } from './kafkajs.ts';
export { producerKernel } from './kernel.ts';
export { keyBytes } from './keyBytes.ts';
export { murmur2, toPositive } from './murmur2.ts';
export { countSticky, drawPartition, hashOfKey, loadOf, newStickiness, stickyPartition, type TopicInfo } from './partitioner.ts';
export { contentBytes } from './recordSize.ts';
export { newSender, type Pass, type Sender, sendPass, sentForGood } from './sender.ts';
