import type { Trace, Verdict } from './format.ts';
import { playTrace as playKafka } from './kafka/player.ts';
import { playTrace as playRabbitmq } from './rabbitmq/player.ts';
import { playTrace as playZookeeper } from './zookeeper/player.ts';

const PLAYERS: { readonly [broker: string]: (trace: Trace) => Verdict } = {
  kafka: playKafka,
  'librdkafka-mock': playKafka,
  rabbitmq: playRabbitmq,
  zookeeper: playZookeeper,
};

/** Plays a recording against the kernels of its system, as the simulation runs them. */
export function playTrace(trace: Trace): Verdict {
  const play = PLAYERS[trace.broker];
  return play ? play(trace) : { status: 'not-modelled', why: `${trace.broker} is not modelled` };
}
