export const rabbitmq = {} as const;
