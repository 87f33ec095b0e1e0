import type { inspector as english } from '../en/inspector.ts';

export const inspector: { readonly [K in keyof typeof english]: string } = {};
