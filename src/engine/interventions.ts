import type { LineId, PartId } from '../base/index.ts';
import type { StepContext } from './context.ts';
import { drawingOf } from './drawing.ts';
import { crashNode, leaveNode, restartNode } from './lifecycle.ts';
import { cutLink, healLink } from './links.ts';
import type { Intervention, Line, NodeId } from './types.ts';
import { linkKey } from './world.ts';

type Why = 'down' | 'absent' | 'unchanged';

/** A person's deed at its time. One that can have no effect is a fact, too: nobody should wonder where it went. */
export function applyIntervention(context: StepContext, intervention: Intervention): void {
  const { world } = context;
  switch (intervention.verb) {
    case 'join':
    case 'leave':
    case 'reconfigure':
      changeDrawing(context, intervention);
      return;
  }
  world.interventions++;
  const why = act(context, intervention);
  if (why !== undefined) refuse(context, intervention, why);
}

/** Does it, or says why not. */
function act(context: StepContext, { verb, target, args }: Intervention): Why | undefined {
  const { world, program, drawing } = context;
  if (!drawing.present.has(target)) return 'absent';
  const line = drawing.lines.get(target);
  const node = program.nodeOf.get(line ? line.from : target) as NodeId;
  const isDown = world.down.has(node);
  switch (verb) {
    case 'crash':
    case 'stop':
      if (isDown) return 'unchanged';
      if (verb === 'stop' && program.kernels.get(node)?.endsItself) context.deliver(node, { type: 'command', verb, target, args }, -1);
      else crashNode(context, node, verb === 'stop');
      return undefined;
    case 'restart':
      if (!isDown) return 'unchanged';
      restartNode(context, node);
      return undefined;
    case 'cut':
    case 'heal': {
      const cut = line as Line;
      const isCut = world.cut.has(linkKey(node, program.nodeOf.get(cut.to) as NodeId));
      if (isCut === (verb === 'cut')) return 'unchanged';
      if (isCut) healLink(context, cut);
      else cutLink(context, cut);
      return undefined;
    }
    default:
      if (isDown) return 'down';
      context.deliver(node, { type: 'command', verb, target, args }, -1);
      return undefined;
  }
}

function refuse(context: StepContext, { verb, target }: Intervention, why: Why): void {
  const [at, line] = placeOf(context, target);
  context.record('command.refused', at, 0, line, why, { verb }, -1);
}

/** Where facts about a part or a line are told, and the line. */
function placeOf(context: StepContext, target: PartId | LineId): readonly [at: PartId, line: LineId] {
  if (context.program.nodeOf.has(target)) return [target, ''];
  const line = context.program.lines.find((candidate) => candidate.id === target);
  return [line?.from ?? '', target];
}

const CHANGE_FACTS = { join: 'part.joined', leave: 'part.left', reconfigure: 'part.reconfigured' } as const;
const CHANGES = { join: 'joined', leave: 'left', reconfigure: 'reconfigured' } as const;

/** Join, leave, reconfigure: from here on another drawing holds, and all whom it concerns hear of it. */
function changeDrawing(context: StepContext, intervention: Intervention): void {
  const { world, program } = context;
  const verb = intervention.verb as keyof typeof CHANGES;
  const { target } = intervention;
  const before = context.drawing;
  const after = drawingOf(program, world.interventions + 1);
  const wasThere = before.present.has(target);
  const isThere = after.present.has(target);
  world.interventions++;
  if (verb === 'reconfigure' ? !isThere : wasThere === isThere) {
    context.redraw(after);
    refuse(context, intervention, isThere ? 'unchanged' : 'absent');
    return;
  }
  const [at, line] = placeOf(context, target);
  const cause = context.record(CHANGE_FACTS[verb], at, 0, line, '', undefined, -1);
  // A container takes its nodes with it.
  const came = program.nodes.filter((node) => after.present.has(node) && !before.present.has(node));
  for (const node of program.nodes) if (before.present.has(node) && !after.present.has(node)) leaveNode(context, node, cause);
  context.redraw(after);
  for (const node of came) context.start(node, cause);

  const isOld = (node: NodeId) => !came.includes(node);
  const fields = verb === 'reconfigure' ? { fields: Object.keys(intervention.args) } : {};
  const tell = (node: NodeId, change: 'joined' | 'left' | 'reconfigured', id: string) => {
    if (isOld(node) && context.isUp(node)) context.deliver(node, { type: 'wiring', change, id, ...fields }, cause);
  };
  const tellEnds = (ends: Line, change: 'joined' | 'left' | 'reconfigured') => {
    const from = program.nodeOf.get(ends.from) as NodeId;
    const to = program.nodeOf.get(ends.to) as NodeId;
    tell(from, change, ends.id);
    if (to !== from) tell(to, change, ends.id);
  };
  const own = after.lines.get(target);
  if (line === '') tell(program.nodeOf.get(target) as NodeId, CHANGES[verb], target);
  else if (own && verb === 'reconfigure') tellEnds(own, 'reconfigured');
  // What is set for a container holds for its nodes.
  if (verb === 'reconfigure') for (const { id } of after.nodesIn(target)) tell(id, 'reconfigured', target);
  for (const other of before.lines.values()) if (!after.lines.has(other.id)) tellEnds(other, 'left');
  for (const other of after.lines.values()) if (!before.lines.has(other.id)) tellEnds(other, 'joined');
}
