import { createMachine } from 'xstate';

/** Another node leads the queue from now on: it has the message, knows that somebody holds it, or lacks it. */
const OF_A_NEW_LEADER = { 'replica.role.ready': 'ready', 'replica.role.held': 'unacked', 'replica.role.lost': 'dropped' } as const;

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
        'message.appended': 'appended',
        'message.settled.dropped': 'dropped',
        'message.settled.dead-lettered': 'dead-lettered',
        'part.left': 'dropped',
        'frame.lost': 'lost',
      },
    },
    // In the log of a leader that waits for most members, or kept until there is a leader.
    appended: { on: { 'message.stored': 'ready', 'message.appended': 'appended', ...OF_A_NEW_LEADER } },
    ready: {
      on: {
        ...OF_A_NEW_LEADER,
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
        ...OF_A_NEW_LEADER,
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
