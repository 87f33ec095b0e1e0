import type { rabbitmq as english } from '../en/rabbitmq.ts';

export const rabbitmq: { readonly [K in keyof typeof english]: string } = {};
