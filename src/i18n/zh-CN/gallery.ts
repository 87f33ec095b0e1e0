import type { gallery as english } from '../en/gallery.ts';

export const gallery: { readonly [K in keyof typeof english]: string } = {};
