import { diffScenario, type Run, type Scenario } from '../../scenario/index.ts';
import { roundRobin } from './roundRobin.ts';

const base: Scenario = { ...roundRobin.scenario, from: 'fair-dispatch' };
const fair: Scenario = {
  ...base,
  parts: base.parts.map((part) => (part.kind === 'rabbitmq/consumer' ? { ...part, config: { work: 'weight', prefetch: 1 } } : part)),
};

/** Round-robin on the left, `prefetch=1` and manual acks on the right: the same tasks on one clock. */
export const fairDispatch: Run = { ...roundRobin, scenario: base, variant: diffScenario(base, fair) };
