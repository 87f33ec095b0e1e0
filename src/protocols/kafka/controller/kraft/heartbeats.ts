import type { BrokerId, MetadataImage } from '../image.ts';
import { hasLeaderships } from './updates.ts';

/** What only the active controller knows of a broker; a new controller begins with a fresh session for each. */
export interface BrokerSession {
  readonly lastContact: number;
  readonly metadataOffset: number;
  /** Offset that all others must have seen before the broker may stop; -1 while it does not want to. */
  readonly controlledShutdownOffset: number;
}

export type BrokerSessions = Map<BrokerId, BrokerSession>;

export interface HeartbeatRequest {
  readonly brokerId: BrokerId;
  readonly brokerEpoch: number;
  /** How far the broker has replayed the metadata log. */
  readonly currentMetadataOffset: number;
  readonly wantFence: boolean;
  readonly wantShutDown: boolean;
}

export type BrokerControlState = 'FENCED' | 'UNFENCED' | 'CONTROLLED_SHUTDOWN' | 'SHUTDOWN_NOW';

/** Sessions as a controller begins its reign: whoever was unfenced has the whole time-out to report. */
export function freshSessions(image: MetadataImage, now: number): BrokerSessions {
  const session: BrokerSession = { lastContact: now, metadataOffset: -1, controlledShutdownOffset: -1 };
  return new Map([...image.brokers.keys()].map((id) => [id, session]));
}

export function hasValidSession(image: MetadataImage, sessions: BrokerSessions, id: BrokerId, now: number, timeout: number): boolean {
  const session = sessions.get(id);
  return session !== undefined && image.brokers.get(id)?.fenced === false && session.lastContact + timeout >= now;
}

/** When the next session may run out, or undefined when every broker is fenced. */
export function nextSessionCheck(image: MetadataImage, sessions: BrokerSessions, timeout: number): number | undefined {
  const contacts = unfenced(image, sessions).map(([, session]) => session.lastContact);
  return contacts.length === 0 ? undefined : Math.min(...contacts) + timeout + 1;
}

/** The broker that has been silent longest, once its session has run out. One at a time, so that each fencing sees the one before. */
export function findStaleBroker(image: MetadataImage, sessions: BrokerSessions, now: number, timeout: number): BrokerId | undefined {
  let stale: readonly [BrokerId, BrokerSession] | undefined;
  for (const entry of unfenced(image, sessions)) if (!stale || entry[1].lastContact < stale[1].lastContact) stale = entry;
  return stale && stale[1].lastContact + timeout < now ? stale[0] : undefined;
}

function unfenced(image: MetadataImage, sessions: BrokerSessions): readonly (readonly [BrokerId, BrokerSession])[] {
  return [...sessions].filter(([id]) => image.brokers.get(id)?.fenced === false);
}

export function currentState(image: MetadataImage, sessions: BrokerSessions, id: BrokerId): BrokerControlState {
  if ((sessions.get(id)?.controlledShutdownOffset ?? -1) >= 0) return 'CONTROLLED_SHUTDOWN';
  return image.brokers.get(id)?.fenced === false ? 'UNFENCED' : 'FENCED';
}

/** What a heartbeat makes of its broker. Source: BrokerHeartbeatManager. */
export function nextState(image: MetadataImage, sessions: BrokerSessions, request: HeartbeatRequest): BrokerControlState {
  const { brokerId, wantFence, wantShutDown } = request;
  const state = currentState(image, sessions, brokerId);
  if (state === 'FENCED') {
    if (wantShutDown) return 'SHUTDOWN_NOW';
    // A broker's epoch is the offset of its registration: it may lead when it has seen itself register.
    const isCaughtUp = request.currentMetadataOffset >= (image.brokers.get(brokerId)?.epoch ?? 0);
    return !wantFence && isCaughtUp ? 'UNFENCED' : 'FENCED';
  }
  if (state === 'UNFENCED') {
    if (wantFence) return wantShutDown ? 'SHUTDOWN_NOW' : 'FENCED';
    if (!wantShutDown) return 'UNFENCED';
    return hasLeaderships(image, brokerId) ? 'CONTROLLED_SHUTDOWN' : 'SHUTDOWN_NOW';
  }
  if (hasLeaderships(image, brokerId)) return 'CONTROLLED_SHUTDOWN';
  const offset = sessions.get(brokerId)?.controlledShutdownOffset ?? -1;
  return offset <= lowestActiveOffset(image, sessions) ? 'SHUTDOWN_NOW' : 'CONTROLLED_SHUTDOWN';
}

/** How far the slowest of the working brokers has come. */
function lowestActiveOffset(image: MetadataImage, sessions: BrokerSessions): number {
  const active = unfenced(image, sessions).filter(([, session]) => session.controlledShutdownOffset < 0);
  return Math.min(Number.MAX_SAFE_INTEGER, ...active.map(([, session]) => session.metadataOffset));
}

/** The session after a heartbeat. A fenced broker leaves controlled shutdown. */
export function touch(sessions: BrokerSessions, request: HeartbeatRequest, fenced: boolean, now: number): void {
  const before = sessions.get(request.brokerId);
  sessions.set(request.brokerId, {
    lastContact: now,
    metadataOffset: request.currentMetadataOffset,
    controlledShutdownOffset: fenced ? -1 : (before?.controlledShutdownOffset ?? -1),
  });
}
