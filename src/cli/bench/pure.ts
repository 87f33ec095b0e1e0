import { clusterRows } from './cluster.ts';
import { engineRows } from './engine.ts';
import { kafkaRows } from './kafka.ts';
import { linkRows } from './link.ts';
import type { BenchRow } from './row.ts';

/** Rows that need no browser, as JSON: those of the group that is asked for, so that no group warms up another's code. */
const GROUPS: { readonly [name: string]: () => readonly BenchRow[] } = {
  engine: () => engineRows(),
  cluster: () => clusterRows(),
  kafka: () => kafkaRows(),
  link: () => linkRows(),
};

process.stdout.write(JSON.stringify(GROUPS[process.argv[2] ?? '']?.() ?? Object.keys(GROUPS)));
