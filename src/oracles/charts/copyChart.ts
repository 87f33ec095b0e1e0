import { setup } from 'xstate';

export type CopyEvent =
  | { readonly type: 'DELIVERED' }
  | { readonly type: 'REQUEUED' }
  | { readonly type: 'CRASHED' }
  | { readonly type: 'ACKED' }
  | { readonly type: 'DROPPED' }
  | { readonly type: 'RETURNED' }
  | { readonly type: 'EXPIRED' }
  | { readonly type: 'DEAD_LETTERED' };

/** The life of one copy of a message in one place, from being stored to its end. */
export const copyChart = setup({ types: { events: {} as CopyEvent } }).createMachine({
  id: 'copy',
  initial: 'ready',
  states: {
    ready: {
      on: {
        DELIVERED: 'handedOut',
        CRASHED: 'ready',
        DROPPED: 'dropped',
        EXPIRED: 'expired',
        DEAD_LETTERED: 'deadLettered',
        RETURNED: 'returned',
      },
    },
    handedOut: {
      on: { ACKED: 'acked', REQUEUED: 'ready', CRASHED: 'ready', DROPPED: 'dropped', DEAD_LETTERED: 'deadLettered', EXPIRED: 'expired' },
    },
    acked: { type: 'final' },
    dropped: { type: 'final' },
    returned: { type: 'final' },
    expired: { type: 'final' },
    deadLettered: { type: 'final' },
  },
});

/** What a settled fact's `data.outcome` means to the chart. */
export const COPY_OUTCOMES: { readonly [outcome: string]: CopyEvent } = {
  acked: { type: 'ACKED' },
  dropped: { type: 'DROPPED' },
  returned: { type: 'RETURNED' },
  expired: { type: 'EXPIRED' },
  'dead-lettered': { type: 'DEAD_LETTERED' },
};
