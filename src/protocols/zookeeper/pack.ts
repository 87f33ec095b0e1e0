import type { Kernel, Mark, Pack } from '../../engine/index.ts';
import { clientKernel } from './client/index.ts';
import { serverKernel } from './server/index.ts';
import { vocabulary } from './vocabulary.ts';

const KERNELS = [serverKernel, clientKernel] as readonly unknown[] as readonly Kernel[];

/** What is not control traffic: what is replicated, and how it is acknowledged. */
const MARKS: { readonly [verb: string]: Mark } = {
  'zk.proposal': 'replica',
  'zk.newLeader': 'replica',
  'zk.ack': 'ack',
  'zk.reply': 'ack',
  'zk.get': 'fetch',
  'zk.exists': 'fetch',
  'zk.children': 'fetch',
};

/** ZooKeeper: servers alone or in an ensemble. */
export const zookeeper: Pack = {
  protocol: 'zookeeper',
  kernels: new Map(KERNELS.map((kernel) => [kernel.kind, kernel])),
  vocabulary,
  marks: MARKS,
  // The prefix only keeps its verbs apart from those of other systems.
  frameName: (verb) => (verb.startsWith('zk.') ? { name: verb.slice('zk.'.length), role: '' } : undefined),
  messageFields: [],
};
