export { metadataOf } from './clients.ts';
export { brokerKernel } from './kernel.ts';
