import { type Micros, NEVER } from '../base/index.ts';
import { contextOf, type StepContext } from './context.ts';
import { applyIntervention } from './interventions.ts';
import { crashNode } from './lifecycle.ts';
import { LIMITS } from './limits.ts';
import { isFlightCut, meetPeer } from './links.ts';
import type { Appointment, Fact, Intervention, Program, World } from './types.ts';

/** When the next step will be taken; NEVER when nothing is left, whatever `program.end` says. */
export function nextTime(program: Program, world: World): Micros {
  if (world.halted !== '') return NEVER;
  const intervention = program.interventions[world.interventions];
  const appointment = world.agenda.peek();
  if (appointment === undefined) return intervention === undefined ? NEVER : intervention.at;
  return intervention !== undefined && intervention.at < appointment.at ? intervention.at : appointment.at;
}

/**
 * Takes exactly one appointment or intervention, whichever is earlier; at equal times the agenda goes first. Facts are
 * pushed. False, and nothing done, when nothing is left up to and including `program.end`, or a limit has halted the run.
 */
export function step(program: Program, world: World, facts: Fact[]): boolean {
  if (world.halted !== '') return false;
  const appointment = world.agenda.peek();
  const intervention = program.interventions[world.interventions];
  const isDeed = intervention !== undefined && (appointment === undefined || intervention.at < appointment.at);
  const at = isDeed ? intervention.at : appointment === undefined ? NEVER : appointment.at;
  if (at > program.end) return false;
  if (at > world.now) {
    world.now = at;
    world.instantSteps = 0;
  }
  const context = contextOf(program);
  context.open(world, facts);
  if (++world.instantSteps > LIMITS.stepsAtOnce)
    context.halt('stepsAtOnce', isDeed ? intervention.target : (appointment as Appointment).node);
  else if (isDeed) applyIntervention(context, intervention as Intervention);
  else takeAppointment(context, world.agenda.pop() as Appointment);
  world.steps++;
  return true;
}

function takeAppointment(context: StepContext, appointment: Appointment): void {
  switch (appointment.type) {
    case 'arrival':
      arrive(context, appointment);
      return;
    case 'timer': {
      const { world } = context;
      if (world.forgotten.size > 0 && world.forgotten.delete(appointment.seq)) return;
      if (appointment.life !== context.life(appointment.node)) return;
      context.deliver(appointment.node, appointment, appointment.cause);
      return;
    }
    case 'peer':
      meetPeer(context, appointment);
      return;
    case 'end':
      if (context.isUp(appointment.node) && appointment.life === context.life(appointment.node))
        crashNode(context, appointment.node, true, appointment.cause);
  }
}

function arrive(context: StepContext, appointment: Appointment & { readonly type: 'arrival' }): void {
  const { world } = context;
  const { flight, node, cause } = appointment;
  if (world.cut.size > 0 && isFlightCut(context.program, world, flight)) return;
  // A flight that was held over a cut went on as another one, or was lost.
  if (!world.flights.delete(flight.id)) return;
  if (world.down.size > 0 && world.down.has(node)) {
    context.lose(flight, 'down', cause);
    return;
  }
  if (appointment.life === context.life(node) && context.deliver(node, flight, cause)) return;
  context.lose(flight, 'gone', cause);
}
