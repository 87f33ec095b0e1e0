import { createMachine } from 'xstate';

/** Its coordinator is gone: until another one has read what was written down, nobody knows the group. */
const GONE = { 'node.crashed': 'unavailable', 'coordinator.moved': 'unavailable' } as const;

/** A group of the classic protocol, as its coordinator sees it: all members join anew before anybody is given anything. */
export const classicGroupMachine = createMachine({
  id: 'classicGroup',
  initial: 'alive',
  states: {
    alive: {
      initial: 'Empty',
      states: {
        Empty: { on: { 'group.state.PreparingRebalance': 'PreparingRebalance', 'group.state.Dead': '#classicGroup.Dead' } },
        PreparingRebalance: { on: { 'group.state.CompletingRebalance': 'CompletingRebalance', 'group.state.Empty': 'Empty' } },
        CompletingRebalance: { on: { 'group.state.Stable': 'Stable', 'group.state.PreparingRebalance': 'PreparingRebalance' } },
        Stable: { on: { 'group.state.PreparingRebalance': 'PreparingRebalance' } },
      },
      on: GONE,
    },
    unavailable: {
      on: {
        'group.loaded.Stable': '#classicGroup.alive.Stable',
        'group.loaded.Empty': '#classicGroup.alive.Empty',
        'group.loaded.PreparingRebalance': '#classicGroup.alive.PreparingRebalance',
        'node.crashed': 'unavailable',
        'coordinator.moved': 'unavailable',
      },
    },
    Dead: { type: 'final' },
  },
});

/** A group of the consumer protocol: the coordinator works out who shall have what, and each member comes to it by itself. */
export const consumerGroupMachine = createMachine({
  id: 'consumerGroup',
  initial: 'alive',
  states: {
    alive: {
      initial: 'Empty',
      states: {
        Empty: { on: { 'group.state.Assigning': 'Assigning', 'group.state.Stable': 'Stable', 'group.state.Dead': '#consumerGroup.Dead' } },
        Assigning: { on: { 'group.state.Reconciling': 'Reconciling', 'group.state.Stable': 'Stable', 'group.state.Empty': 'Empty' } },
        Reconciling: { on: { 'group.state.Stable': 'Stable', 'group.state.Assigning': 'Assigning', 'group.state.Empty': 'Empty' } },
        Stable: { on: { 'group.state.Assigning': 'Assigning', 'group.state.Reconciling': 'Reconciling', 'group.state.Empty': 'Empty' } },
      },
      on: GONE,
    },
    unavailable: {
      on: {
        'group.loaded.Stable': '#consumerGroup.alive.Stable',
        'group.loaded.Reconciling': '#consumerGroup.alive.Reconciling',
        'group.loaded.Assigning': '#consumerGroup.alive.Assigning',
        'group.loaded.Empty': '#consumerGroup.alive.Empty',
        'node.crashed': 'unavailable',
        'coordinator.moved': 'unavailable',
      },
    },
    Dead: { type: 'final' },
  },
});
