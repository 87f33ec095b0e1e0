import { lanesPack } from '../cli/bench/lanes/pack.ts';
import { makeCatalogue } from '../engine/index.ts';
import { rabbitmq } from './rabbitmq/pack.ts';
export const catalogue = makeCatalogue([rabbitmq, lanesPack]);
