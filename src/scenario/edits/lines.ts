import { fail, type PartId } from '../../base/index.ts';
import { freshIds } from '../run.ts';
import type { Config, Run, Scenario } from '../types.ts';
import type { Refusal } from '../vocabulary.ts';
import { checkedConfig, type EditContext, type Edited, partOf, refuse } from './context.ts';
import { edit } from './settle.ts';

/** Draws the line that may lead from one part to the other. A refusal comes back whole, with the mend that would do. */
export function connect(
  run: Run,
  context: EditContext,
  ends: { readonly from: PartId; readonly to: PartId; readonly config?: Config },
): Edited<Run, Refusal> {
  const id = freshIds(run)('l');
  const result = edit<Refusal>(run, context, (scenario) => {
    const from = partOf(scenario, ends.from);
    const to = partOf(scenario, ends.to);
    if (!from || !to) return fail({ problem: refuse(from ? ends.to : ends.from, 'edit.gone').error });
    const kind = context.vocabulary.connect(scenario, from, to);
    if ('problem' in kind) return fail(kind);
    const config = checkedConfig(kind.fields, '', ends.config ?? {});
    if (!config.ok) return fail({ problem: config.error });
    const line = { id, kind: kind.kind, from: from.id, to: to.id, config: config.value };
    return { ok: true, value: { ...scenario, lines: [...scenario.lines, line] } };
  });
  if (result.ok) return result;
  return fail('problem' in result.error ? result.error : { problem: result.error });
}

/** Does what a refusal of `connect` offered. */
export function mend(
  run: Run,
  context: EditContext,
  offer: { readonly mend: string; readonly from: PartId; readonly to: PartId },
): Edited<Run> {
  return edit(run, context, (scenario) => {
    const from = partOf(scenario, offer.from);
    const to = partOf(scenario, offer.to);
    if (!from || !to) return refuse(from ? offer.to : offer.from, 'edit.gone');
    return { ok: true, value: context.vocabulary.mend(scenario, offer.mend, from, to) };
  });
}

/** Lines of these parts that would not be accepted where they are now. */
export function brokenLines(scenario: Scenario, parts: ReadonlySet<PartId>, { vocabulary }: EditContext): ReadonlySet<string> {
  const broken = new Set<string>();
  for (const line of scenario.lines) {
    if (!parts.has(line.from) && !parts.has(line.to)) continue;
    const from = partOf(scenario, line.from);
    const to = partOf(scenario, line.to);
    const others = { ...scenario, lines: scenario.lines.filter((other) => other !== line) };
    const kind = from && to && vocabulary.connect(others, from, to);
    if (!kind || 'problem' in kind || kind.kind !== line.kind) broken.add(line.id);
  }
  return broken;
}
