import { createMachine } from 'xstate';

/**
 * A replica of a partition in one broker. It leads or follows; a follower that is not level with its leader for too long is not
 * in sync any more, and may lead only if the topic allows to lose records. After a start it waits to hear who leads.
 */
export const replicaMachine = createMachine({
  id: 'replica',
  initial: 'running',
  states: {
    running: {
      initial: 'offline',
      states: {
        offline: {
          on: {
            'replica.role.follower': 'follower',
            'replica.role.leader': 'leader',
            'replica.role.follower.behind': 'outOfSync',
            'replica.role.offline': 'offline',
          },
        },
        follower: {
          on: {
            'replica.role.leader': 'leader',
            'isr.changed.left': 'outOfSync',
            'replica.role.follower': 'follower',
            'replica.role.follower.behind': 'outOfSync',
            'replica.role.offline': 'offline',
            'isr.changed.joined': 'follower',
          },
        },
        leader: {
          on: {
            'replica.role.follower': 'follower',
            'replica.role.leader': 'leader',
            'replica.role.follower.behind': 'outOfSync',
            'replica.role.offline': 'offline',
          },
        },
        outOfSync: {
          on: {
            'isr.changed.joined': 'follower',
            'replica.role.follower': 'follower',
            'replica.role.leader': 'leader',
            'replica.role.follower.behind': 'outOfSync',
            'replica.role.offline': 'offline',
            'isr.changed.left': 'outOfSync',
          },
        },
      },
      on: { 'node.crashed': 'stopped', 'replica.left': 'gone' },
    },
    stopped: { on: { 'node.restarted': 'running', 'node.crashed': 'stopped' } },
    gone: { type: 'final' },
  },
});

/**
 * A broker: while the controller has it fenced it leads nothing, and clients are not sent to it. One that is asked to stop works on until others
 * lead its partitions; whether it is fenced matters no more.
 */
export const brokerMachine = createMachine({
  id: 'broker',
  initial: 'running',
  states: {
    running: {
      on: {
        'broker.fenced': 'fenced',
        'part.joined': 'fenced',
        'broker.stopping': 'stopping',
        'node.crashed': 'crashed',
        'broker.unfenced': 'running',
      },
    },
    fenced: {
      on: {
        'broker.unfenced': 'running',
        'broker.stopping': 'stopping',
        'node.crashed': 'crashed',
        'broker.fenced': 'fenced',
      },
    },
    stopping: {
      on: { 'node.stopped': 'stopped', 'node.crashed': 'crashed', 'broker.fenced': 'stopping', 'broker.unfenced': 'stopping' },
    },
    stopped: { on: { 'node.restarted': 'fenced', 'broker.fenced': 'stopped' } },
    crashed: { on: { 'node.restarted': 'fenced', 'broker.fenced': 'crashed' } },
  },
});

/** Who runs the cluster: one at a time is active, the others stand by. */
export const controllerMachine = createMachine({
  id: 'controller',
  initial: 'running',
  states: {
    running: {
      initial: 'standby',
      states: {
        standby: { on: { 'controller.role.active': 'active', 'controller.role.standby': 'standby' } },
        active: { on: { 'controller.role.standby': 'standby', 'controller.role.active': 'active' } },
      },
      on: { 'node.crashed': 'stopped' },
    },
    stopped: { on: { 'node.restarted': 'running', 'node.crashed': 'stopped' } },
  },
});

/**
 * A member of the quorum that keeps the cluster's metadata (KRaft): whoever leads it is the active controller. One that hears of no
 * leader asks for votes; one that has resigned leaves that to the others for a while.
 */
export const quorumMachine = createMachine({
  id: 'quorum',
  initial: 'running',
  states: {
    running: {
      initial: 'unattached',
      states: {
        unattached: {
          on: {
            'quorum.role.follower': 'follower',
            'quorum.role.candidate': 'candidate',
            // A cluster that stands when the run begins, or a controller that is alone.
            'quorum.role.leader': 'leader',
            'quorum.role.unattached': 'unattached',
            'quorum.role.resigned': 'unattached',
          },
        },
        follower: {
          on: {
            'quorum.role.candidate': 'candidate',
            'quorum.role.leader': 'leader',
            'quorum.role.unattached': 'unattached',
            'quorum.role.follower': 'follower',
          },
        },
        candidate: {
          on: {
            'quorum.role.leader': 'leader',
            'quorum.role.follower': 'follower',
            'quorum.role.unattached': 'unattached',
            'quorum.role.candidate': 'candidate',
          },
        },
        leader: {
          on: {
            'quorum.role.resigned': 'unattached',
            'quorum.role.unattached': 'unattached',
            'quorum.role.follower': 'follower',
            'quorum.role.leader': 'leader',
          },
        },
      },
      on: { 'node.crashed': 'stopped' },
    },
    stopped: { on: { 'node.restarted': 'running', 'node.crashed': 'stopped' } },
  },
});
