import { useConnection } from '@xyflow/react';
import { drawnScenario, problemText } from '../actions.ts';
import { host } from '../environment.ts';
import styles from './flow.module.css';
import { useGraph } from './store.ts';

/** While a line is being drawn over something that it may not lead to: why not, next to the pointer. */
export function ConnectionHint() {
  const { side } = useGraph();
  const hint = useConnection((connection) => {
    if (!connection.inProgress || !connection.toNode || connection.isValid) return undefined;
    return {
      to: connection.toNode.id,
      from: connection.fromNode.id,
      x: Math.round(connection.pointer.x),
      y: Math.round(connection.pointer.y),
    };
  });
  if (!hint || hint.from === hint.to) return null;
  const scenario = drawnScenario(side);
  const from = scenario.parts.find((part) => part.id === hint.from);
  const to = scenario.parts.find((part) => part.id === hint.to);
  if (!from || !to) return null;
  const answer = host().catalogue.connect(scenario, from, to);
  if (!('problem' in answer)) return null;
  return (
    <div className={styles.hint} style={{ transform: `translate(${hint.x + 16}px, ${hint.y + 16}px)` }}>
      {problemText(answer.problem)}
    </div>
  );
}
