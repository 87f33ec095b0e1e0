import type { Run } from '../../scenario/index.ts';
import { ackCrash } from './ackCrash.ts';
import { clusterClassic } from './clusterClassic.ts';
import { clusterQuorum } from './clusterQuorum.ts';
import { confirms } from './confirms.ts';
import { deadLetter } from './deadLetter.ts';
import { directLevels } from './directLevels.ts';
import { duplicateLostAck } from './duplicateLostAck.ts';
import { durableRestart } from './durableRestart.ts';
import { exchangeChain } from './exchangeChain.ts';
import { fairDispatch } from './fairDispatch.ts';
import { fanoutLogs } from './fanoutLogs.ts';
import { forgottenAck } from './forgottenAck.ts';
import { headersMatch } from './headersMatch.ts';
import { hello } from './hello.ts';
import { nackRequeue } from './nackRequeue.ts';
import { p2pPubsub } from './p2pPubsub.ts';
import { priority } from './priority.ts';
import { roundRobin } from './roundRobin.ts';
import { rpc } from './rpc.ts';
import { topicAnimals } from './topicAnimals.ts';
import { whyPeak } from './whyPeak.ts';

/** A scenario that the product ships; its title and introduction are `gallery.<id>.title` and `.intro`. */
export interface GalleryEntry {
  readonly id: string;
  readonly run: Run;
}

/** In learning order. */
export const GALLERY: readonly GalleryEntry[] = [
  { id: 'hello', run: hello },
  { id: 'round-robin', run: roundRobin },
  { id: 'fair-dispatch', run: fairDispatch },
  { id: 'ack-crash', run: ackCrash },
  { id: 'forgotten-ack', run: forgottenAck },
  { id: 'durable-restart', run: durableRestart },
  { id: 'confirms', run: confirms },
  { id: 'nack-requeue', run: nackRequeue },
  { id: 'duplicate-lost-ack', run: duplicateLostAck },
  { id: 'fanout-logs', run: fanoutLogs },
  { id: 'direct-levels', run: directLevels },
  { id: 'topic-animals', run: topicAnimals },
  { id: 'headers-match', run: headersMatch },
  { id: 'exchange-chain', run: exchangeChain },
  { id: 'rpc', run: rpc },
  { id: 'dead-letter', run: deadLetter },
  { id: 'priority', run: priority },
  { id: 'cluster-classic', run: clusterClassic },
  { id: 'cluster-quorum', run: clusterQuorum },
  { id: 'why-peak', run: whyPeak },
  { id: 'p2p-pubsub', run: p2pPubsub },
];
