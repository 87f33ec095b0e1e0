import { type ColourOrder, colourOrder } from '../base/index.ts';
import type { Program } from './types.ts';

const orders = new WeakMap<Program, ColourOrder>();

/** Which colour stands for which value in a run: worked out once, for all that show its messages. */
export function coloursOf(program: Program): ColourOrder {
  let order = orders.get(program);
  if (order === undefined) {
    const { scenario, interventions } = program.run;
    order = colourOrder(scenario.settings.colourBy, scenario.parts, interventions);
    orders.set(program, order);
  }
  return order;
}
