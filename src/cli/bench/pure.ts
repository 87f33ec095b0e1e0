import { clusterRows } from './cluster.ts';
import { engineRows } from './engine.ts';
import { kafkaRows } from './kafka.ts';
import { linkRows } from './link.ts';

/** Rows that need no browser, as JSON. */
process.stdout.write(JSON.stringify([...engineRows(), ...clusterRows(), ...kafkaRows(), ...linkRows()]));
