/**
 * The sign inside a shape, in one hand: drawn around (0, 0) within ±11. A kind whose palette presets a field (an
 * exchange's type) has one sign for each value.
 */
const SIGNS: { readonly [sign: string]: string } = {
  'rabbitmq/producer': 'M-10 0H10M3 -7L10 0L3 7',
  'rabbitmq/consumer': 'M-9 1L-3 7L9 -7',
  'rabbitmq/client': 'M-8 -6L-2 0L-8 6M1 7H9',
  'zookeeper/server': 'M0 -9V-4M-8 1V-4H8V1M-8 1V3M8 1V3M0 -4V3M-10 3H-6V8H-10ZM-2 3H2V8H-2ZM6 3H10V8H6Z',
  'kafka/producer': 'M-10 0H10M3 -7L10 0L3 7',
  'kafka/consumer': 'M-9 1L-3 7L9 -7',
  'rabbitmq/exchange/direct': 'M-10 0H10M4 -6L10 0L4 6',
  'rabbitmq/exchange/fanout': 'M-10 0H-3M-3 0L9 -9M-3 0H10M-3 0L9 9',
  'rabbitmq/exchange/topic': 'M0 -10V10M-8.66 -5L8.66 5M-8.66 5L8.66 -5',
  'rabbitmq/exchange/headers': 'M-9 -6H9M-9 0H9M-9 6H9',
  'rabbitmq/exchange/default': 'M8 0A8 8 0 1 1 -8 0A8 8 0 1 1 8 0M-7.5 7.5L7.5 -7.5',
};

export function SignPath({ sign }: { readonly sign: string }) {
  const path = SIGNS[sign];
  return path === undefined ? null : <path d={path} fill="none" strokeLinecap="round" strokeLinejoin="round" />;
}
