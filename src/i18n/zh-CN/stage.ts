import type { stage as english } from '../en/stage.ts';

export const stage: { readonly [K in keyof typeof english]: string } = {};
