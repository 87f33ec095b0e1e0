import type { Config, Part, Scenario } from '../../scenario/index.ts';
import { isDefaultExchange } from './connect.ts';
import { implied } from './implied.ts';
import { BINDING, CONSUMER, IMPLICIT, PRODUCER, PUBLISH } from './kinds.ts';

/**
 * A message that a person who publishes by hand most likely means: what the producer sends anyway, or what the exchange
 * would have somewhere to send to.
 */
export function suggestMessage(scenario: Scenario, target: Part): Config {
  if (target.kind !== PRODUCER && target.kind !== CONSUMER) return ofExchange(scenario, target);
  const given = target.config[target.config['mode'] === 'list' ? 'list' : 'templates'];
  const [template] = (Array.isArray(given) ? given : []) as readonly Config[];
  if (template) {
    const { atMillis: _, ...message } = template;
    return message;
  }
  const line = scenario.lines.find(({ kind, from }) => kind === PUBLISH && from === target.id);
  const exchange = scenario.parts.find(({ id }) => id === line?.to);
  return exchange ? ofExchange(scenario, exchange) : {};
}

function ofExchange(scenario: Scenario, exchange: Part): Config {
  if (isDefaultExchange(exchange)) {
    const way = implied(scenario).find(({ kind, from }) => kind === IMPLICIT && from === exchange.id);
    const queue = scenario.parts.find(({ id }) => id === way?.to);
    return queue ? { key: queue.name } : {};
  }
  const binding = scenario.lines.find(({ kind, from }) => kind === BINDING && from === exchange.id);
  const { key, headers } = binding?.config ?? {};
  if (exchange.config['type'] === 'headers') return headers === undefined ? {} : { headers };
  if (typeof key !== 'string' || key === '') return {};
  // A pattern is no key: its wildcards stand for some word.
  return { key: key.replaceAll('#', 'word').replaceAll('*', 'word') };
}
