import type { StepContext } from './context.ts';
import { loseHeld, tellPeers } from './links.ts';
import type { Flight, NodeId } from './types.ts';

/**
 * A process dies, or stops in good order: its timers and the frames inside it end with it. Its peers see their connections
 * closed one latency later.
 */
export function crashNode(context: StepContext, node: NodeId, isClean: boolean, because = -1): void {
  const { world } = context;
  const cause = context.record('node.crashed', node, 0, '', isClean ? 'stopped' : '', undefined, because);
  context.crash(node, isClean, cause);
  world.down.add(node);
  endLife(context, node, 'down', cause);
  tellPeers(context, node, false, cause);
}

/** It runs again, in a new life, from what its crash has left. */
export function restartNode(context: StepContext, node: NodeId): void {
  const { world } = context;
  const cause = context.record('node.restarted', node, 0, '', '', undefined, -1);
  // Frames sent while it was down belong to connections that the new life does not know.
  endLife(context, node, 'down', cause);
  world.down.delete(node);
  tellPeers(context, node, true, cause);
  context.deliver(node, { type: 'restarted' }, cause);
}

/** A node goes for good, in good order if it is up. Call it while the drawing still shows it. */
export function leaveNode(context: StepContext, node: NodeId, cause: number): void {
  const { world } = context;
  if (!world.down.has(node)) context.leave(node, cause);
  const wasUp = world.down.delete(node) === false;
  world.nodes.delete(node);
  endLife(context, node, 'gone', cause);
  if (wasUp) tellPeers(context, node, false, cause);
}

/** What belongs to the present life of a node alone ends: timers, frames inside it, frames that wait on its cut links. */
function endLife(context: StepContext, node: NodeId, why: 'down' | 'gone', cause: number): void {
  const { world, program } = context;
  world.lives.set(node, context.life(node) + 1);
  const isInside = (flight: Flight) => program.nodeOf.get(flight.from) === node && program.nodeOf.get(flight.to) === node;
  for (const flight of world.flights.values()) {
    if (!isInside(flight)) continue;
    world.flights.delete(flight.id);
    context.lose(flight, why, cause);
  }
  loseHeld(context, (flight) => program.nodeOf.get(flight.from) === node || program.nodeOf.get(flight.to) === node, why);
}
