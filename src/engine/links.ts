import type { LineId, Micros } from '../base/index.ts';
import type { StepContext } from './context.ts';
import type { Appointment, Flight, Line, NodeId, Program, ReadonlyWorld } from './types.ts';
import { linkKey } from './world.ts';

type Peer = Appointment & { readonly type: 'peer' };

/** Lets a node know about another one after a while. */
export function tellPeer(context: StepContext, node: NodeId, peer: NodeId, up: boolean, why: Peer['why'], at: Micros, cause: number): void {
  const { world } = context;
  world.agenda.push({ at, seq: world.nextSeq++, node, life: context.life(node), cause, type: 'peer', peer, up, why });
}

/** Lets all that are connected with a node know, one latency from now. */
export function tellPeers(context: StepContext, node: NodeId, up: boolean, cause: number): void {
  const at = (context.now + context.program.run.scenario.settings.latency) as Micros;
  for (const peer of context.drawing.peers(node)) tellPeer(context, peer, node, up, up ? 'back' : 'closed', at, cause);
}

/** News of a peer arrives. Over a cut link it waits; once the cut was noticed there is nobody left who would listen. */
export function meetPeer(context: StepContext, news: Peer): void {
  const { world, program } = context;
  const { node, peer, up, why, cause } = news;
  const key = linkKey(node, peer);
  const cutAt = world.cut.get(key);
  const noticedAt = cutAt === undefined ? undefined : cutAt + program.run.scenario.settings.detect;
  if (why === 'heartbeat') {
    // Healed in time, or healed and cut anew: then another appointment was made for it.
    if (noticedAt !== news.at) return;
    loseHeld(context, (flight) => keyOf(program, flight) === key, 'cut');
    world.heldNews = world.heldNews.filter((held) => held.type !== 'peer' || linkKey(held.node, held.peer) !== key);
  } else if (noticedAt !== undefined) {
    if (context.now < noticedAt) world.heldNews.push(news);
    return;
  }
  if (!context.isUp(node) || news.life !== context.life(node)) return;
  const line = lineBetween(context, node, peer);
  const because = why === 'heartbeat' ? context.record('link.lost', node, 0, line, 'heartbeat', { peer }, cause) : cause;
  context.deliver(node, { type: 'peer', node: peer, up, why }, because);
}

/** The connection that the line belongs to carries nothing from now on. TCP repeats what it can't deliver, so nothing is lost yet. */
export function cutLink(context: StepContext, line: Line): void {
  const { world, program, now } = context;
  const a = program.nodeOf.get(line.from) as NodeId;
  const b = program.nodeOf.get(line.to) as NodeId;
  const key = linkKey(a, b);
  const cause = context.record('line.cut', line.from, 0, line.id, '', undefined, -1);
  world.cut.set(key, now);
  for (const flight of world.flights.values()) if (keyOf(program, flight) === key) world.held.push(flight);
  const noticedAt = (now + program.run.scenario.settings.detect) as Micros;
  tellPeer(context, a, b, false, 'heartbeat', noticedAt, cause);
  tellPeer(context, b, a, false, 'heartbeat', noticedAt, cause);
}

/** Held flights go on from where they stood; if the cut was noticed, both ends learn that the other is there again. */
export function healLink(context: StepContext, line: Line): void {
  const { world, program, now } = context;
  const a = program.nodeOf.get(line.from) as NodeId;
  const b = program.nodeOf.get(line.to) as NodeId;
  const key = linkKey(a, b);
  const cutAt = world.cut.get(key) as Micros;
  const { detect, latency } = program.run.scenario.settings;
  const cause = context.record('line.healed', line.from, 0, line.id, '', undefined, -1);
  world.cut.delete(key);
  const later = (now + latency) as Micros;
  if (now >= cutAt + detect) {
    if (context.isUp(b)) tellPeer(context, a, b, true, 'back', later, cause);
    if (context.isUp(a)) tellPeer(context, b, a, true, 'back', later, cause);
    return;
  }
  const held = world.held.filter((flight) => keyOf(program, flight) === key);
  world.held = world.held.filter((flight) => keyOf(program, flight) !== key);
  for (const flight of held) resume(context, flight, cutAt);
  const news = world.heldNews.filter((n) => n.type === 'peer' && linkKey(n.node, n.peer) === key) as Peer[];
  world.heldNews = world.heldNews.filter((n) => !news.includes(n as Peer));
  for (const { node, peer, up, why, cause } of news) tellPeer(context, node, peer, up, why, later, cause);
}

/** Flights that wait and meet the condition are lost. */
export function loseHeld(context: StepContext, isLost: (flight: Flight) => boolean, why: 'down' | 'cut' | 'gone'): void {
  const { world } = context;
  if (world.held.length === 0) return;
  const lost = world.held.filter(isLost);
  if (lost.length === 0) return;
  world.held = world.held.filter((flight) => !isLost(flight));
  for (const flight of lost) {
    world.flights.delete(flight.id);
    context.lose(flight, why, flight.cause);
  }
}

/** The connection that a flight travels; '' inside one node. */
function keyOf(program: Program, flight: Flight): string {
  const from = program.nodeOf.get(flight.from) as NodeId;
  const to = program.nodeOf.get(flight.to) as NodeId;
  return from === to ? '' : linkKey(from, to);
}

function resume(context: StepContext, flight: Flight, cutAt: Micros): void {
  const { world, now, program } = context;
  const stood = now - Math.max(cutAt, flight.sentAt);
  const sentAt = (flight.sentAt + stood) as Micros;
  const arrivesAt = (flight.arrivesAt + stood) as Micros;
  // Under another number, so that the appointment it had before is void.
  const resumed: Flight = { ...flight, id: world.nextFlight++, sentAt, arrivesAt };
  world.flights.delete(flight.id);
  world.flights.set(resumed.id, resumed);
  const node = program.nodeOf.get(flight.to) as NodeId;
  const { cause } = flight;
  world.agenda.push({ at: arrivesAt, seq: world.nextSeq++, node, life: context.life(node), cause, type: 'arrival', flight: resumed });
}

function lineBetween(context: StepContext, a: NodeId, b: NodeId): LineId {
  const key = linkKey(a, b);
  const { nodeOf } = context.program;
  const lines = context.drawing.wiring(a).lines;
  return lines.find((line) => linkKey(nodeOf.get(line.from) as NodeId, nodeOf.get(line.to) as NodeId) === key)?.id ?? '';
}

/**
 * How far a flight has come at a time, 0 to 1. One on a cut link stands where it was when the link was cut; one sent since
 * stands at the beginning.
 */
export function progressOf(program: Program, world: ReadonlyWorld, flight: Flight, time: Micros): number {
  const cutAt = world.cut.size === 0 ? undefined : world.cut.get(keyOf(program, flight));
  const seen = cutAt === undefined ? time : Math.min(time, cutAt);
  const length = flight.arrivesAt - flight.sentAt;
  if (length <= 0) return 1;
  return Math.max(0, Math.min(1, (seen - flight.sentAt) / length));
}

/** True when the connection that a flight travels is cut. */
export function isFlightCut(program: Program, world: ReadonlyWorld, flight: Flight): boolean {
  return world.cut.has(keyOf(program, flight));
}

/** True when the connection that a line belongs to is cut. */
export function isLineCut(program: Program, world: ReadonlyWorld, line: Line): boolean {
  if (world.cut.size === 0) return false;
  return world.cut.has(linkKey(program.nodeOf.get(line.from) as NodeId, program.nodeOf.get(line.to) as NodeId));
}
