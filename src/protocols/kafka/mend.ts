import type { LineKind, Part, Scenario } from '../../scenario/index.ts';
import { connect, topicNamed } from './connect.ts';
import { REPLICA } from './kinds.ts';

/** Does what a refused line offered; returns the changed scenario. */
export function mend(scenario: Scenario, what: string, from: Part, to: Part): Scenario {
  if (what === 'swap-ends') return joined(scenario, to, from);
  if (what === 'use-topic') return joined(scenario, meant(scenario, from), meant(scenario, to));
  return scenario;
}

/** A topic is written to and read by its name, whichever of its copies was pointed at. */
function meant(scenario: Scenario, part: Part): Part {
  return part.kind === REPLICA ? (topicNamed(scenario, part.name) ?? part) : part;
}

function joined(scenario: Scenario, from: Part, to: Part): Scenario {
  const kind = connect(scenario, from, to);
  if ('problem' in kind) return scenario;
  const taken = new Set(scenario.lines.map(({ id }) => id));
  let number = scenario.lines.length + 1;
  while (taken.has(`l${number}`)) number++;
  return {
    ...scenario,
    lines: [...scenario.lines, { id: `l${number}`, kind: (kind as LineKind).kind, from: from.id, to: to.id, config: {} }],
  };
}
