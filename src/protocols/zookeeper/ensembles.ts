import type { Line, Scenario } from '../../scenario/index.ts';
import { ENSEMBLE, ENSEMBLE_MESH, SERVER } from './kinds.ts';

/** Servers that are joined by lines, however far round: each server's id leads to the first of its ensemble. */
function ensemblesOf(scenario: Pick<Scenario, 'parts' | 'lines'>): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const part of scenario.parts) if (part.kind === SERVER) first.set(part.id, part.id);
  for (const line of scenario.lines) {
    if (line.kind !== ENSEMBLE) continue;
    const [a, b] = [first.get(line.from), first.get(line.to)];
    if (a === undefined || b === undefined || a === b) continue;
    for (const [server, id] of first) if (id === b) first.set(server, a);
  }
  return first;
}

/** Every server of an ensemble talks with every other one: the lines that nobody has drawn. */
export function meshLines(scenario: Pick<Scenario, 'parts' | 'lines'>): readonly Line[] {
  const ensembles = ensemblesOf(scenario);
  if (ensembles.size < 3) return [];
  const drawn = new Set(scenario.lines.flatMap(({ kind, from, to }) => (kind === ENSEMBLE ? [`${from}\n${to}`, `${to}\n${from}`] : [])));
  const servers = [...ensembles.keys()];
  return servers.flatMap((a, i) =>
    servers
      .slice(i + 1)
      .filter((b) => ensembles.get(a) === ensembles.get(b) && !drawn.has(`${a}\n${b}`))
      .map((b) => ({ id: `${a}>${b}`, kind: ENSEMBLE_MESH, from: a, to: b, config: {} })),
  );
}
