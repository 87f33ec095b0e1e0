import { createMachine } from 'xstate';

/**
 * The life of a member of a quorum queue, after Raft: it follows a leader; when it has heard of none for a while it asks for
 * votes in a new term, as often as it takes; it leads when most members have voted for it.
 */
export const memberMachine = createMachine({
  id: 'member',
  initial: 'follower',
  states: {
    follower: {
      on: {
        'replica.role.candidate': 'candidate',
        'replica.role.leader': 'leader',
        'replica.role.follower': 'follower',
        'node.crashed': 'stopped',
      },
    },
    candidate: {
      on: {
        'replica.role.candidate': 'candidate',
        'replica.role.leader': 'leader',
        'replica.role.follower': 'follower',
        'node.crashed': 'stopped',
      },
    },
    leader: { on: { 'replica.role.leader': 'leader', 'replica.role.follower': 'follower', 'node.crashed': 'stopped' } },
    stopped: { on: { 'node.restarted': 'follower', 'node.crashed': 'stopped' } },
  },
});
