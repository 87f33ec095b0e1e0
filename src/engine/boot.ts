import { contextOf } from './context.ts';
import { drawingOf } from './drawing.ts';
import type { Fact, Program, World } from './types.ts';
import { emptyWorld } from './world.ts';

/**
 * The world at time 0 before any step: every node has started, and what starting sends has arrived in no time. Nodes that
 * hold places start first. Facts of starting are numbered from 0 and given to `facts`.
 */
export function boot(program: Program, facts: Fact[] = []): World {
  const world = emptyWorld();
  const drawing = drawingOf(program, 0);
  const context = contextOf(program);
  context.open(world, facts);
  context.booting = true;
  try {
    for (const node of program.nodes) if (drawing.present.has(node)) context.start(node, -1);
    context.endBoot();
  } finally {
    context.booting = false;
  }
  return world;
}
