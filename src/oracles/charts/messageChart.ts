import { createMachine } from 'xstate';

/**
 * The life of a message in one queue, from its publication to its end. `ready` and `unacked` are a queue's own words; a
 * message that is put back is ready again. What is dead-lettered begins another life: its broker publishes it anew.
 */
export const messageMachine = createMachine({
  id: 'message',
  initial: 'published',
  states: {
    published: {
      on: {
        'message.routed': 'routed',
        'message.routed.unroutable': 'unroutable',
        'message.settled.dropped': 'dropped',
        'frame.lost': 'lost',
      },
    },
    routed: {
      on: {
        'message.stored': 'ready',
        'message.settled.dropped': 'dropped',
        'message.settled.dead-lettered': 'dead-lettered',
        'part.left': 'dropped',
        'frame.lost': 'lost',
      },
    },
    ready: {
      on: {
        'message.delivered': 'unacked',
        'message.settled.expired': 'expired',
        'message.settled.dropped': 'dropped',
        'message.settled.dead-lettered': 'dead-lettered',
        'node.restarted': 'ready',
        'part.left': 'dropped',
      },
    },
    unacked: {
      on: {
        'message.settled.acked': 'acked',
        'message.requeued': 'ready',
        'message.settled.dropped': 'dropped',
        'message.settled.dead-lettered': 'dead-lettered',
        // After a crash the disk can't tell what had been handed out: what it kept is ready again.
        'node.restarted': 'ready',
        'part.left': 'dropped',
      },
    },
    unroutable: { on: { 'message.settled.dropped': 'dropped', 'message.settled.returned': 'returned' } },
    acked: { type: 'final' },
    expired: { type: 'final' },
    'dead-lettered': { type: 'final' },
    dropped: { type: 'final' },
    returned: { type: 'final' },
    lost: { type: 'final' },
  },
});
