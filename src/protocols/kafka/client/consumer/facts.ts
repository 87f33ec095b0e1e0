import type { JsonObject } from '../../../../base/index.ts';
import type { Context } from '../../../../engine/index.ts';

/** A step of the protocol between a member and its coordinator. */
export function tellStep(step: string, why: string, data: JsonObject, x: Context): void {
  x.fact('group.step', x.wiring.self.id, 0, '', why, { step, ...data });
}

/** What came and how many it has then, or what went. */
export function tellPartitions(
  kind: 'assigned' | 'revoked' | 'lost',
  partitions: readonly string[],
  x: Context,
  more: JsonObject = {},
): void {
  x.fact(`partition.${kind}`, x.wiring.self.id, 0, '', '', { partitions, ...more });
}

export function tellReading(kind: 'stopped' | 'resumed', lane: string, x: Context): void {
  x.fact(`reading.${kind}`, x.wiring.self.id, 0, '', '', { lane });
}
