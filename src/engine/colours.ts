import { type ColourOrder, colourOrder, remembered } from '../base/index.ts';
import type { Fact, Program } from './types.ts';

/** Which colour stands for which value in a run: worked out once, for all that show its messages. */
export const coloursOf = remembered(({ run }: Program): ColourOrder => {
  const { scenario, interventions } = run;
  return colourOrder(scenario.settings.colourBy, scenario.parts, interventions);
});

/** The lane that a message was published to, counted from 1 as colours are; 0 where there is none. */
export function laneOf(published: Fact | undefined): number {
  const partition = published?.data?.['partition'];
  return typeof partition === 'number' ? partition + 1 : 0;
}
