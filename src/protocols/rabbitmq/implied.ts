import type { Line, Part, Scenario } from '../../scenario/index.ts';
import { clustersOf, meshLines, spaceOf } from './clusters.ts';
import { argumentsOf } from './configs.ts';
import { isDefaultExchange } from './connect.ts';
import { ALTERNATE, DEAD_LETTER, EXCHANGE, IMPLICIT, QUEUE } from './kinds.ts';

/**
 * Lines that follow from the document: the default exchange leads to every queue of its broker under the queue's own
 * name, and an exchange hands what it can't route to its alternate exchange.
 */
export function implied(scenario: Scenario): readonly Line[] {
  const clusters = clustersOf(scenario);
  const spaces = new Map<string, Part[]>();
  for (const part of scenario.parts) {
    if (part.parent === undefined) continue;
    const space = spaceOf(clusters, part);
    const inside = spaces.get(space);
    if (inside) inside.push(part);
    else spaces.set(space, [part]);
  }
  const inside = [...spaces.values()].flatMap((inside) =>
    inside.flatMap((part) => (part.kind === EXCHANGE ? from(part, inside) : part.kind === QUEUE ? deadLetters(part, inside) : [])),
  );
  return [...inside, ...meshLines(scenario)];
}

function from(exchange: Part, inside: readonly Part[]): readonly Line[] {
  if (isDefaultExchange(exchange)) return inside.filter((part) => part.kind === QUEUE).map((queue) => line(IMPLICIT, exchange, queue));
  const alternate = alternateOf(exchange, inside);
  return alternate ? [line(ALTERNATE, exchange, alternate)] : [];
}

/** What dies in a queue goes to the exchange that its arguments name. */
function deadLetters(queue: Part, inside: readonly Part[]): readonly Line[] {
  const name = argumentsOf(queue.config)['x-dead-letter-exchange'];
  if (typeof name !== 'string') return [];
  const exchange = inside.find((part) => part.kind === EXCHANGE && (name === '' ? isDefaultExchange(part) : part.name === name));
  return exchange ? [line(DEAD_LETTER, queue, exchange)] : [];
}

function alternateOf(exchange: Part, inside: readonly Part[]): Part | undefined {
  const name = exchange.config['alternate'];
  if (typeof name !== 'string' || name === '') return undefined;
  return inside.find((part) => part.kind === EXCHANGE && part.name === name && !isDefaultExchange(part));
}

function line(kind: string, from: Part, to: Part): Line {
  return { id: `${from.id}>${to.id}`, kind, from: from.id, to: to.id, config: {} };
}
