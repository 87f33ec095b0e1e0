import type { Json, JsonObject } from '../../base/index.ts';
import { type Fact, type Program, viewOf, type World } from '../../engine/index.ts';
import type { ReplyFrame } from '../../protocols/zookeeper/frames.ts';
import type { Outcome } from '../compare.ts';
import type { Step } from '../format.ts';

export interface Observed extends Outcome {
  /** The caller of the step has its answer, or none was to be waited for. */
  readonly isAnswered: boolean;
}

/** The result that the recorder would have noted for a reply. */
function resultOf({ op }: Step, data: JsonObject): Json | undefined {
  if (data['error'] !== undefined) return { error: data['error'] };
  const { path, stat, data: content, children, err } = data['reply'] as unknown as ReplyFrame;
  switch (op) {
    case 'create':
      return path;
    case 'get':
      return { data: content ?? null, version: stat?.version ?? 0, cversion: stat?.cversion ?? 0 };
    case 'set':
      return { version: stat?.version ?? 0 };
    case 'exists':
      return err === '';
    case 'children':
      return [...(children ?? [])].sort();
    default:
      return undefined;
  }
}

/** leader, follower or standalone; a server that serves nobody counts as down, as it answers nothing. */
export function roleOf(program: Program, world: World, server: string): string {
  const view = viewOf(program, world, server);
  const figure = (key: string) => view?.figures.find((one) => one.key === key)?.value;
  return view?.status === 'up' && figure('serving') === true ? String(figure('role')) : 'down';
}

const UNANSWERED: ReadonlySet<string> = new Set(['wait', 'node', 'crash', 'modes']);

/** Folds the facts of a step. `nameOf` gives the name of a client's part. */
export function observe(step: Step, facts: readonly Fact[], nameOf: (part: string) => string): Observed {
  const seen: { [actor: string]: JsonObject[] } = {};
  let isAnswered = UNANSWERED.has(step.op);
  let result: Json | undefined;
  for (const { kind, at, why, data } of facts) {
    if (kind === 'client.replied' && data?.['step'] === step.i) {
      isAnswered = true;
      result = resultOf(step, data);
    }
    if (kind !== 'client.saw') continue;
    const actor = nameOf(at);
    seen[actor] = [...(seen[actor] ?? []), { ev: why, ...data }];
  }
  return { result, seen, isAnswered };
}
