import type { app as english } from '../en/app.ts';

export const app: { readonly [K in keyof typeof english]: string } = {};
