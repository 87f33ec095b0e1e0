import type { problems as english } from '../en/problems.ts';

export const problems: { readonly [K in keyof typeof english]: string } = {};
