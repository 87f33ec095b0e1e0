export { serverKernel } from './kernel.ts';
