import type { app as english } from '../en/app.ts';

export const app: { readonly [K in keyof typeof english]: string } = {
  'ui.close': '关闭',
  'ui.notice': '通知',
};
