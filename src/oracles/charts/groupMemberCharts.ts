import { createMachine } from 'xstate';

/**
 * A member of a group of the classic protocol, as its client lives it: it joins, is told what it has, and joins anew whenever
 * somebody comes or goes. What the coordinator thinks of it is another matter: of a crash it hears only by silence, and one that it
 * has removed may not know.
 */
export const classicMemberMachine = createMachine({
  id: 'classicMember',
  initial: 'unjoined',
  states: {
    unjoined: { on: { 'group.step.JoinGroup': '#classicMember.member.joining' } },
    member: {
      initial: 'joining',
      states: {
        joining: { on: { 'group.step.SyncGroup': 'syncing', 'group.step.JoinGroup': 'joining' } },
        syncing: { on: { 'partition.assigned': 'stable', 'group.step.JoinGroup': 'joining' } },
        stable: { on: { 'group.step.JoinGroup': 'joining' } },
      },
      on: {
        'group.step.Reset': 'unjoined',
        'member.left': 'removed',
        'group.step.LeaveGroup': 'left',
        'group.step.Silent': 'left',
        'node.crashed': 'crashed',
      },
    },
    removed: {
      on: { 'group.step.Reset': 'unjoined', 'group.step.JoinGroup': '#classicMember.member.joining', 'node.restarted': 'unjoined' },
    },
    left: { on: { 'group.step.JoinGroup': '#classicMember.member.joining', 'node.restarted': 'unjoined' } },
    crashed: { on: { 'member.left': 'removed', 'node.restarted': 'unjoined' } },
  },
});

/** A member of a group of the consumer protocol (or a share group): each heartbeat brings it closer to what it shall have. */
export const consumerMemberMachine = createMachine({
  id: 'consumerMember',
  initial: 'unjoined',
  states: {
    unjoined: { on: { 'group.step.joins': 'joining' } },
    joining: {
      on: {
        'member.reconciled.stable': '#consumerMember.member.stable',
        'member.reconciled.unreleased_partitions': '#consumerMember.member.unreleased_partitions',
        'group.step.joined': '#consumerMember.member.stable',
        'group.step.joins': 'joining',
        'node.crashed': 'crashed',
      },
    },
    member: {
      initial: 'stable',
      states: {
        stable: {
          on: {
            'member.reconciled.unrevoked_partitions': 'unrevoked_partitions',
            'member.reconciled.unreleased_partitions': 'unreleased_partitions',
            'member.reconciled.stable': 'stable',
          },
        },
        // It shall give up partitions, and has not said yet that it did.
        unrevoked_partitions: {
          on: {
            'member.reconciled.stable': 'stable',
            'member.reconciled.unreleased_partitions': 'unreleased_partitions',
            'member.reconciled.unrevoked_partitions': 'unrevoked_partitions',
          },
        },
        // It shall have partitions that others have not given up yet.
        unreleased_partitions: {
          on: {
            'member.reconciled.stable': 'stable',
            'member.reconciled.unrevoked_partitions': 'unrevoked_partitions',
            'member.reconciled.unreleased_partitions': 'unreleased_partitions',
          },
        },
      },
      on: {
        'group.step.Fenced': 'fenced',
        'member.left': 'fenced',
        'group.step.left': 'left',
        'group.step.joins': 'joining',
        'node.crashed': 'crashed',
      },
    },
    fenced: { on: { 'group.step.joins': 'joining', 'group.step.left': 'left', 'node.restarted': 'unjoined' } },
    left: { on: { 'group.step.joins': 'joining', 'node.restarted': 'unjoined' } },
    crashed: { on: { 'member.left': 'fenced', 'node.restarted': 'unjoined' } },
  },
});
