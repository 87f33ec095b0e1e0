import { ackCrash } from './ackCrash.ts';
import { clusterClassic } from './clusterClassic.ts';
import { clusterQuorum } from './clusterQuorum.ts';
import { confirms } from './confirms.ts';
import { deadLetter } from './deadLetter.ts';
import { directLevels } from './directLevels.ts';
import { duplicateLostAck } from './duplicateLostAck.ts';
import { durableRestart } from './durableRestart.ts';
import type { GalleryEntry } from './entry.ts';
import { exchangeChain } from './exchangeChain.ts';
import { fairDispatch } from './fairDispatch.ts';
import { fanoutLogs } from './fanoutLogs.ts';
import { forgottenAck } from './forgottenAck.ts';
import { headersMatch } from './headersMatch.ts';
import { hello } from './hello.ts';
import { KAFKA } from './kafka/index.ts';
import { nackRequeue } from './nackRequeue.ts';
import { p2pPubsub } from './p2pPubsub.ts';
import { priority } from './priority.ts';
import { roundRobin } from './roundRobin.ts';
import { rpc } from './rpc.ts';
import { topicAnimals } from './topicAnimals.ts';
import { vhostsChannels } from './vhostsChannels.ts';
import { whyPeak } from './whyPeak.ts';

export type { GalleryEntry, GalleryPart } from './entry.ts';

/** In learning order. */
export const GALLERY: readonly GalleryEntry[] = [
  { id: 'hello', part: 'rabbitmq', run: hello },
  { id: 'round-robin', part: 'rabbitmq', run: roundRobin },
  { id: 'fair-dispatch', part: 'rabbitmq', run: fairDispatch },
  { id: 'ack-crash', part: 'rabbitmq', run: ackCrash },
  { id: 'forgotten-ack', part: 'rabbitmq', run: forgottenAck },
  { id: 'durable-restart', part: 'rabbitmq', run: durableRestart },
  { id: 'confirms', part: 'rabbitmq', run: confirms },
  { id: 'nack-requeue', part: 'rabbitmq', run: nackRequeue },
  { id: 'duplicate-lost-ack', part: 'rabbitmq', run: duplicateLostAck },
  { id: 'fanout-logs', part: 'rabbitmq', run: fanoutLogs },
  { id: 'direct-levels', part: 'rabbitmq', run: directLevels },
  { id: 'topic-animals', part: 'rabbitmq', run: topicAnimals },
  { id: 'headers-match', part: 'rabbitmq', run: headersMatch },
  { id: 'exchange-chain', part: 'rabbitmq', run: exchangeChain },
  { id: 'rpc', part: 'rabbitmq', run: rpc },
  { id: 'dead-letter', part: 'rabbitmq', run: deadLetter },
  { id: 'priority', part: 'rabbitmq', run: priority },
  { id: 'vhosts-channels', part: 'rabbitmq', run: vhostsChannels },
  { id: 'cluster-classic', part: 'rabbitmq', run: clusterClassic },
  { id: 'cluster-quorum', part: 'rabbitmq', run: clusterQuorum },
  { id: 'why-peak', part: 'rabbitmq', run: whyPeak },
  { id: 'p2p-pubsub', part: 'rabbitmq', run: p2pPubsub },
  ...KAFKA,
];
