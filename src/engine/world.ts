import { type RandomState, RisingMap, ZERO } from '../base/index.ts';
import { Agenda } from './agenda.ts';
import type { NodeId, Program, World } from './types.ts';

/** The name of the connection between two nodes, whichever comes first. */
export function linkKey(a: NodeId, b: NodeId): string {
  return a < b ? `${a}|${b}` : `${b}|${a}`;
}

/** A world in which nothing has started yet. `boot` fills it. */
export function emptyWorld(): World {
  return {
    now: ZERO,
    steps: 0,
    stepFact: 0,
    instantSteps: 0,
    nextSeq: 1,
    nextFact: 0,
    nextFlight: 1,
    nextMessage: 1,
    interventions: 0,
    digest: 0,
    agenda: new Agenda(),
    flights: new RisingMap(),
    nodes: new Map(),
    down: new Set(),
    present: new Set(),
    cut: new Map(),
    held: [],
    heldNews: [],
    reconfigured: new Map(),
    lives: new Map(),
    random: new Map(),
    forgotten: new Set(),
    halted: '',
  };
}

/** A world of its own that goes on exactly as the other would: containers copied, frozen things shared. */
export function copyWorld(program: Program, world: World): World {
  const nodes = new Map<NodeId, unknown>();
  for (const [id, state] of world.nodes) nodes.set(id, program.kernels.get(id)?.copy(state));
  const random = new Map<NodeId, RandomState>();
  for (const [id, state] of world.random) random.set(id, [state[0], state[1], state[2], state[3]]);
  return {
    now: world.now,
    steps: world.steps,
    stepFact: world.stepFact,
    instantSteps: world.instantSteps,
    nextSeq: world.nextSeq,
    nextFact: world.nextFact,
    nextFlight: world.nextFlight,
    nextMessage: world.nextMessage,
    interventions: world.interventions,
    digest: world.digest,
    agenda: world.agenda.copy(),
    flights: world.flights.copy(),
    nodes,
    down: new Set(world.down),
    present: world.present,
    cut: new Map(world.cut),
    held: world.held.slice(),
    heldNews: world.heldNews.slice(),
    reconfigured: world.reconfigured,
    lives: new Map(world.lives),
    random,
    forgotten: new Set(world.forgotten),
    halted: world.halted,
  };
}
