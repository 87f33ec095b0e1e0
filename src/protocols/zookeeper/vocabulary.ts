import type { LineKind, Part, Problem, Refusal, Scenario, Vocabulary } from '../../scenario/index.ts';
import { meshLines } from './ensembles.ts';
import { CLIENT, CONNECTION, ENSEMBLE, LINE_KINDS, PART_KINDS, SERVER } from './kinds.ts';

/** What can be drawn of ZooKeeper. */
export const vocabulary: Vocabulary = {
  parts: PART_KINDS,
  lines: LINE_KINDS,
  connect,
  mend: (scenario) => scenario,
  implied: meshLines,
  check: () => [],
};

/** The kind of line that may lead from one part to the other, or why none does. */
function connect(scenario: Scenario, from: Part, to: Part): LineKind | Refusal {
  if (from.id === to.id) return refusal(from, to, 'self', 'otherEnd');
  const kind = from.kind === SERVER && to.kind === SERVER ? ENSEMBLE : from.kind === CLIENT && to.kind === SERVER ? CONNECTION : '';
  if (kind === '') return refusal(from, to, 'lineEnds', 'toServer');
  const isDrawn = scenario.lines.some(
    (line) => (line.from === from.id && line.to === to.id) || (line.from === to.id && line.to === from.id),
  );
  return isDrawn ? refusal(from, to, 'lineTwice', 'useTheLine') : (LINE_KINDS.get(kind) as LineKind);
}

/** Its texts are `problem.zookeeper.<key>` and `remedy.zookeeper.<remedy>`. */
function refusal(from: Part, to: Part, key: string, remedy: string): Refusal {
  const problem: Problem = {
    where: from.id,
    key: `zookeeper.${key}`,
    remedy: `zookeeper.${remedy}`,
    args: { from: from.name, to: to.name },
  };
  return { problem };
}
