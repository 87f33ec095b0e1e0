import type { PartId } from '../../base/index.ts';
import type { Config, Line, Part } from '../../scenario/index.ts';

/** A part of this system whose place on the canvas does not matter; its id is its name. */
export function plainPart(id: string, kind: string, config: Config = {}, parent?: PartId): Part {
  return { id, kind: `rabbitmq/${kind}`, name: id, x: 0, y: 0, config, ...(parent === undefined ? {} : { parent }) };
}

export function plainLine(from: PartId, kind: string, to: PartId, config: Config = {}): Line {
  return { id: `${from}-${to}`, kind: `rabbitmq/${kind}`, from, to, config };
}
