import type { ControllerError } from '../errors.ts';
import { emptyImage, type MetadataImage, type Random } from '../image.ts';
import {
  appendToQuorum,
  committedBatches,
  copyQuorum,
  nextQuorumDeadline,
  type QuorumDisk,
  quorumDisk,
  receiveQuorum,
  resignQuorum,
  startQuorum,
  tickQuorum,
} from '../quorum/quorum.ts';
import type { NodeNumber, QuorumEffect, QuorumMessage, QuorumSettings, QuorumState } from '../quorum/types.ts';
import { applyRecords, type MetadataRecord } from '../records.ts';
import {
  activateController,
  type ControllerAnswer,
  type ControllerRequest,
  copyController,
  fenceStaleBroker,
  handleControllerRequest,
  type KraftController,
  nextControllerCheck,
  periodicRound,
} from './controller.ts';
import type { KraftSettings } from './settings.ts';

/** A controller node: a member of the quorum, and while it leads the cluster's active controller. */
export interface KraftNode {
  readonly settings: KraftNodeSettings;
  readonly quorum: QuorumState;
  /** What is committed and known here. */
  committed: MetadataImage;
  active: KraftController | undefined;
  /** Answers that wait for their records to be committed. */
  waiting: readonly Waiting[];
  /** When the active controller next does its periodic rounds. */
  balanceAt: number;
  uncleanAt: number;
}

export interface KraftNodeSettings extends KraftSettings {
  readonly quorum: QuorumSettings;
  /** `auto.leader.rebalance.enable`. */
  readonly autoLeaderRebalance: boolean;
  /** `leader.imbalance.check.interval.seconds` (300 s). */
  readonly balanceInterval: number;
  /** `unclean.leader.election.interval.ms` (5 min). */
  readonly uncleanInterval: number;
}

interface Waiting {
  /** Committed once the high watermark is here. */
  readonly offset: number;
  readonly ticket: number;
  readonly answer: ControllerAnswer;
}

export type KraftEffect =
  | QuorumEffect
  /** The answer to the request that was handed in with this ticket. */
  | { readonly type: 'answer'; readonly ticket: number; readonly answer: ControllerAnswer }
  /** Records are committed: the image has changed. */
  | { readonly type: 'applied'; readonly records: readonly MetadataRecord[]; readonly image: MetadataImage }
  | { readonly type: 'controller'; readonly active: boolean; readonly epoch: number };

export function startKraftNode(
  id: NodeNumber,
  voters: readonly NodeNumber[],
  settings: KraftNodeSettings,
  now: number,
  random: Random,
  disk?: QuorumDisk,
): KraftNode {
  const quorum = startQuorum(id, voters, settings.quorum, now, random, disk);
  const never = Number.MAX_SAFE_INTEGER;
  return { settings, quorum, committed: emptyImage(), active: undefined, waiting: [], balanceAt: never, uncleanAt: never };
}

/** What survives a crash of the node. */
export function kraftDisk(node: KraftNode): QuorumDisk {
  return quorumDisk(node.quorum);
}

export function copyKraftNode(node: KraftNode): KraftNode {
  return { ...node, quorum: copyQuorum(node.quorum), active: node.active && copyController(node.active) };
}

export function receiveKraft(
  node: KraftNode,
  from: NodeNumber,
  message: QuorumMessage,
  now: number,
  random: Random,
): readonly KraftEffect[] {
  return digest(node, receiveQuorum(node.quorum, from, message, now, random), now);
}

/** A request of a broker or tool. Not the active controller: answered NOT_CONTROLLER at once (`quorum.leaderId` may know who is). */
export function requestKraft(
  node: KraftNode,
  ticket: number,
  request: ControllerRequest,
  now: number,
  random: Random,
): readonly KraftEffect[] {
  if (!node.active) return [{ type: 'answer', ticket, answer: notController('NOT_CONTROLLER') }];
  const writeOffset = endOffset(node);
  const { records, answer } = handleControllerRequest(node.active, request, writeOffset, now, random);
  if (records.length === 0) return [{ type: 'answer', ticket, answer }];
  return write(node, records, { ticket, answer }, now, random);
}

/** Everything whose time has come in quorum and controller: call it at `nextKraftDeadline`. */
export function tickKraft(node: KraftNode, now: number, random: Random): readonly KraftEffect[] {
  const effects = [...digest(node, tickQuorum(node.quorum, now, random), now)];
  // One broker at a time: each fencing sees what the one before did.
  for (let records = stale(node, now); records.length > 0; records = stale(node, now))
    effects.push(...write(node, records, undefined, now, random));
  for (const round of ['balance', 'unclean'] as const) {
    const due = round === 'balance' ? node.balanceAt : node.uncleanAt;
    if (!node.active || due > now) continue;
    if (round === 'balance') node.balanceAt = now + node.settings.balanceInterval;
    else node.uncleanAt = now + node.settings.uncleanInterval;
    const records = periodicRound(node.active, round);
    if (records.length > 0) effects.push(...write(node, records, undefined, now, random));
  }
  return effects;
}

export function nextKraftDeadline(node: KraftNode): number {
  const check = node.active && nextControllerCheck(node.active);
  return Math.min(nextQuorumDeadline(node.quorum), check ?? Number.MAX_SAFE_INTEGER, node.balanceAt, node.uncleanAt);
}

/** The node is about to stop cleanly: it hands over. */
export function stopKraft(node: KraftNode, now: number, random: Random): readonly KraftEffect[] {
  return digest(node, resignQuorum(node.quorum, now, random), now);
}

function stale(node: KraftNode, now: number): readonly MetadataRecord[] {
  return node.active ? fenceStaleBroker(node.active, now) : [];
}

function endOffset({ quorum }: KraftNode): number {
  const last = quorum.log.at(-1);
  return last ? last.baseOffset + Math.max(1, last.records.length) : 0;
}

/** The active controller goes on from what it has written; others learn of it when it is committed. */
function write(
  node: KraftNode,
  records: readonly MetadataRecord[],
  reply: { readonly ticket: number; readonly answer: ControllerAnswer } | undefined,
  now: number,
  random: Random,
): readonly KraftEffect[] {
  if (node.active) node.active.image = applyRecords(node.active.image, records);
  if (reply) node.waiting = [...node.waiting, { offset: endOffset(node) + records.length, ...reply }];
  const appended = appendToQuorum(node.quorum, records, now, random);
  return appended ? digest(node, appended.effects, now) : [];
}

/** Applies what became committed, answers whoever waited for it, and takes up or lays down the controller's office. */
function digest(node: KraftNode, effects: readonly QuorumEffect[], now: number): readonly KraftEffect[] {
  const out: KraftEffect[] = [];
  for (const effect of effects) {
    out.push(effect);
    if (effect.type === 'committed') {
      const records = committedBatches(node.quorum, effect.from, effect.to).flatMap((batch) => batch.records);
      node.committed = applyRecords(node.committed, records);
      if (records.length > 0) out.push({ type: 'applied', records, image: node.committed });
      const done = node.waiting.filter(({ offset }) => offset <= effect.to);
      node.waiting = node.waiting.filter(({ offset }) => offset > effect.to);
      for (const { ticket, answer } of done) out.push({ type: 'answer', ticket, answer });
    }
  }
  const { role, epoch, highWatermark } = node.quorum;
  const leads = role.name === 'leader' && highWatermark > role.epochStart;
  if (leads && !node.active) {
    // All that former leaders left is committed by now: this is where the new one begins.
    node.active = activateController(node.settings, node.committed, now);
    node.balanceAt = node.settings.autoLeaderRebalance ? now + node.settings.balanceInterval : Number.MAX_SAFE_INTEGER;
    node.uncleanAt = now + node.settings.uncleanInterval;
    out.push({ type: 'controller', active: true, epoch });
  } else if (role.name !== 'leader' && node.active) out.push(...layDown(node));
  return out;
}

/** What was written but not committed may be lost or not: nobody here can say. */
function layDown(node: KraftNode): readonly KraftEffect[] {
  const refused = node.waiting.map(({ ticket }): KraftEffect => ({ type: 'answer', ticket, answer: notController('NOT_CONTROLLER') }));
  node.active = undefined;
  node.waiting = [];
  node.balanceAt = Number.MAX_SAFE_INTEGER;
  node.uncleanAt = Number.MAX_SAFE_INTEGER;
  return [...refused, { type: 'controller', active: false, epoch: node.quorum.epoch }];
}

function notController(error: ControllerError): ControllerAnswer {
  return { error, message: 'The active controller appears to be another node.' };
}
