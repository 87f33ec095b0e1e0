import type { LineKind, PartKind } from '../../scenario/index.ts';
import { SERVER_FIELDS } from './fields.ts';

export const SERVER = 'zookeeper/server';
/** A client that plays a recorded script; conformance runs alone have it. */
export const CLIENT = 'zookeeper/client';

/** Two servers belong to one ensemble; with the implied lines everyone is joined with everyone. */
export const ENSEMBLE = 'zookeeper/ensemble';
export const ENSEMBLE_MESH = 'zookeeper/ensemble-mesh';
export const CONNECTION = 'zookeeper/connection';

const PARTS: readonly PartKind[] = [
  {
    kind: SERVER,
    role: 'node',
    shape: 'circle',
    fields: SERVER_FIELDS,
    palette: [{ id: 'server', config: {} }],
    nameStem: 'zookeeper',
    verbs: [],
  },
  { kind: CLIENT, role: 'node', shape: 'circle', fields: [], palette: [], nameStem: 'client', verbs: ['do'] },
];

const LINES: readonly LineKind[] = [
  { kind: ENSEMBLE, from: [SERVER], to: [SERVER], fields: [], cuttable: true },
  { kind: ENSEMBLE_MESH, from: [SERVER], to: [SERVER], fields: [], implied: true, cuttable: false },
  { kind: CONNECTION, from: [CLIENT], to: [SERVER], fields: [], cuttable: true },
];

export const PART_KINDS: ReadonlyMap<string, PartKind> = new Map(PARTS.map((kind) => [kind.kind, kind]));
export const LINE_KINDS: ReadonlyMap<string, LineKind> = new Map(LINES.map((kind) => [kind.kind, kind]));
