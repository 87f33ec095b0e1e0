import type { PartId } from '../base/index.ts';
import { markOf, type Program, type Timeline, viewOf } from '../engine/index.ts';
import { type Language, text } from '../i18n/index.ts';
import { sceneOf } from './scene.ts';
import { EVERYWHERE, type Frustum, type Token } from './token.ts';
import { Tokens } from './tokens.ts';
import { shapeOf } from './waiting.ts';

/** Nearer than this to its middle, a point means a token. */
const NEAR = 11;
/** Lines that a label has room for. */
const LINES_MAX = 4;

/** A frame without messages that is painted: on its way, or waiting where it arrived. */
export type SeenFrame = Readonly<Token>;

function* tokensIn(timeline: Timeline, view: Frustum, hidden: readonly string[]): Generator<Token> {
  const tokens = new Tokens();
  tokens.collect(timeline, sceneOf(timeline.program), view, undefined, hidden);
  for (let i = 0; i < tokens.count; i++) yield tokens.at(i);
}

/** The frame painted at a point of the canvas; none where a message is nearer: that has a story to lead to. */
export function frameAt(timeline: Timeline, x: number, y: number, hidden: readonly string[]): SeenFrame | undefined {
  let best: Token | undefined;
  let nearest = NEAR;
  for (const token of tokensIn(timeline, { left: x, right: x, top: y, bottom: y }, hidden)) {
    const distance = Math.hypot(token.x - x, token.y - y);
    if (distance > nearest) continue;
    nearest = distance;
    best = token;
  }
  return best?.message === 0 ? best : undefined;
}

/** Where a frame that was seen before is now: still on its way, or waiting where it led to; undefined when it is neither. */
export function findFrame(timeline: Timeline, seen: SeenFrame, hidden: readonly string[]): SeenFrame | undefined {
  for (const token of tokensIn(timeline, EVERYWHERE, hidden)) {
    const isSame = token.from === seen.from && token.to === seen.to && token.verb === seen.verb && token.line === seen.line;
    if (isSame && (token.isWaiting || token.sentAt === seen.sentAt)) return token;
  }
  return undefined;
}

/** All frames without messages that come from or go to a part, or a place inside it. */
export function framesAround(timeline: Timeline, id: PartId, hidden: readonly string[]): readonly SeenFrame[] {
  const { nodeOf } = timeline.program;
  const isIt = (part: PartId) => part === id || nodeOf.get(part) === id;
  return [...tokensIn(timeline, EVERYWHERE, hidden)].filter(({ message, from, to }) => message === 0 && (isIt(from) || isIt(to)));
}

/** What a frame is called by its own system, and who sends it to whom: "JoinGroup: anna → kafka-1". Of several under one sign, each. */
export function frameWords(timeline: Timeline, seen: SeenFrame, language: Language): readonly string[] {
  const { program } = timeline;
  const counts = new Map<string, number>();
  for (const verb of verbsOf(timeline, seen)) counts.set(verb, (counts.get(verb) ?? 0) + 1);
  const [from, to] = [endName(program, seen.from), endName(program, seen.to)];
  const lines = [...counts].slice(0, LINES_MAX).map(([verb, count]) => {
    const { name, role } = program.catalogue.frameName(verb);
    return text(language, 'stage.frame', { name, role: role || 'none', from, to, count });
  });
  return seen.isWaiting ? [...lines, text(language, 'stage.frame.waits')] : lines;
}

/** Those that are painted as one. */
function verbsOf({ program, world }: Timeline, { from, to, sentAt, mark, verb: first, isWaiting }: SeenFrame): readonly string[] {
  const { catalogue } = program;
  const verbs = isWaiting
    ? (viewOf(program, world, to)?.waiting ?? [])
        .filter((one) => one.from === from && shapeOf(markOf(catalogue, one.verb)) === mark)
        .map(({ verb }) => verb)
    : [...world.flights.values()]
        .filter((flight) => flight.from === from && flight.to === to && flight.sentAt === sentAt)
        .map(({ frame }) => frame.verb)
        .filter((verb) => verb === first || markOf(catalogue, verb) === mark);
  return verbs.includes(first) ? verbs : [first, ...verbs];
}

/** A part's name, with its node's where others are called the same: a topic that several brokers hold. */
function endName({ parts, nodeOf }: Program, id: PartId): string {
  const part = parts.get(id);
  if (!part) return id;
  const node = parts.get(nodeOf.get(id) ?? id);
  if (!node || node === part) return part.name;
  for (const other of parts.values()) if (other !== part && other.name === part.name) return `${part.name} (${node.name})`;
  return part.name;
}
