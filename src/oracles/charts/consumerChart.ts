import { createMachine } from 'xstate';

/**
 * The life of a consumer, as the broker sees it: a subscription to one queue. It is handed messages as long as there is
 * room in its window; while the window is full nothing may be delivered to it. A broker notices the end of a client only
 * with its connection, so a consumer whose process has crashed may still be handed something.
 */
export const consumerMachine = createMachine({
  id: 'consumer',
  initial: 'waiting',
  states: {
    waiting: {
      on: {
        'message.delivered': 'active',
        'message.delivered.full': 'full',
        'consumer.cancelled': 'cancelled',
        'connection.lost': 'cancelled',
        'node.crashed': 'crashed',
      },
    },
    active: {
      on: {
        'message.delivered': 'active',
        'message.delivered.full': 'full',
        'message.settled': 'active',
        'message.settled.last': 'waiting',
        'message.requeued': 'active',
        'message.requeued.last': 'waiting',
        'consumer.cancelled': 'cancelled',
        'connection.lost': 'cancelled',
        'node.crashed': 'crashed',
      },
    },
    full: {
      on: {
        'message.settled': 'active',
        'message.settled.last': 'waiting',
        'message.requeued': 'active',
        'message.requeued.last': 'waiting',
        'consumer.cancelled': 'cancelled',
        'connection.lost': 'cancelled',
        'node.crashed': 'crashed',
      },
    },
    cancelled: {
      on: {
        'consumer.started': 'waiting',
        // What it still holds is its channel's to settle.
        'message.settled': 'cancelled',
        'message.settled.last': 'cancelled',
        'message.requeued': 'cancelled',
        'message.requeued.last': 'cancelled',
        'connection.lost': 'cancelled',
        'node.crashed': 'crashed',
      },
    },
    crashed: {
      on: {
        'consumer.started': 'waiting',
        'message.delivered': 'crashed',
        'message.delivered.full': 'crashed',
        'message.settled': 'crashed',
        'message.settled.last': 'crashed',
        'message.requeued': 'crashed',
        'message.requeued.last': 'crashed',
        'consumer.cancelled': 'crashed',
        'connection.lost': 'crashed',
        'node.crashed': 'crashed',
      },
    },
  },
});
