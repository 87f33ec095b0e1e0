export { BROKER_OMITS, brokerKernel } from './kernel.ts';
export * from './reasons.ts';
export { topicMatches, topicWords } from './topic.ts';
