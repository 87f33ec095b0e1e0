import { colourIndex, type MessageId } from '../../base/index.ts';
import { coloursOf, type Fact, laneOf, type Program } from '../../engine/index.ts';
import type { Side } from '../../playback/index.ts';

/** Number of the colour token of a message, from the fact of its publication. The stage paints it in the same colour. */
export function colourOfPublished(fact: Fact, program: Program): number {
  const by = program.run.scenario.settings.colourBy;
  const order = coloursOf(program);
  if (by === 'message') return colourIndex(by, fact.message, order);
  if (by === 'lane') return colourIndex(by, laneOf(fact), order);
  if (by === 'producer') return colourIndex(by, program.nodeOf.get(fact.at) ?? fact.at, order);
  return colourIndex(by, String(fact.data?.['key'] ?? ''), order);
}

/** The same for a message whose publication has to be looked up; undefined before it is known. */
export function messageColour(message: MessageId, side: Side): number | undefined {
  const published = side.timeline.first(message);
  return published?.kind === 'message.published' ? colourOfPublished(published, side.program) : undefined;
}
