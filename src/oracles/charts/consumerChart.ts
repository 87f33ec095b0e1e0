import { createMachine } from 'xstate';

/** What may still be said of deliveries to a consumer that is not registered (any more). */
const late = (state: string) => ({
  'message.settled': state,
  'message.settled.last': state,
  'message.requeued': state,
  'message.requeued.last': state,
  'connection.lost': state,
});

/**
 * The life of a consumer, as the broker sees it: a subscription to one queue. It is handed messages as long as there is
 * room in its window; while the window is full nothing may be delivered to it. A broker notices the end of a client only
 * with its connection, so a consumer whose process has crashed may still be handed something.
 */
export const consumerMachine = createMachine({
  id: 'consumer',
  initial: 'registered',
  states: {
    registered: {
      initial: 'waiting',
      states: {
        waiting: { on: { 'message.delivered': 'active', 'message.delivered.full': 'full' } },
        active: {
          on: {
            'message.delivered': 'active',
            'message.delivered.full': 'full',
            'message.settled': 'active',
            'message.settled.last': 'waiting',
            'message.requeued': 'active',
            'message.requeued.last': 'waiting',
          },
        },
        full: {
          on: {
            'message.settled': 'active',
            'message.settled.last': 'waiting',
            'message.requeued': 'active',
            'message.requeued.last': 'waiting',
          },
        },
      },
      on: { 'consumer.cancelled': 'cancelled', 'connection.lost': 'cancelled', 'node.crashed': 'crashed' },
    },
    // What it still holds is its channel's to settle.
    cancelled: { on: { 'consumer.started': 'registered', ...late('cancelled'), 'node.crashed': 'cancelled' } },
    crashed: {
      on: {
        'consumer.started': 'registered',
        ...late('crashed'),
        'message.delivered': 'crashed',
        'message.delivered.full': 'crashed',
        'consumer.cancelled': 'crashed',
        'node.crashed': 'crashed',
      },
    },
  },
});
