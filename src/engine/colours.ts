import { type ColourOrder, colourOrder } from '../base/index.ts';
import type { Fact, Program } from './types.ts';

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

/** The lane that a message was published to, counted from 1 as colours are; 0 where there is none. */
export function laneOf(published: Fact | undefined): number {
  const partition = published?.data?.['partition'];
  return typeof partition === 'number' ? partition + 1 : 0;
}
