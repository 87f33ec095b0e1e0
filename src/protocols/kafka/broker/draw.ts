import type { Context } from '../../../engine/index.ts';
import type { Random } from '../controller/index.ts';

/** This node's own source of chance, as the pure machines want it. */
export function drawOf(x: Context): Random {
  return (below) => x.random(below);
}
