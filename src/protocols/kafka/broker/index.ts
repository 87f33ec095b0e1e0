export { brokerKernel } from './kernel.ts';
