import type { JsonObject, Micros } from '../../base/index.ts';
import type { Intervention } from '../../engine/index.ts';
import type { ScriptDeed } from '../../protocols/zookeeper/client/index.ts';
import type { Step, Trace } from '../format.ts';

/*
 * A recording as interventions: every step becomes deeds of scripted clients and of servers at its own time, far enough from
 * the next that all has come to rest in between, as the recorder waited for.
 */

/** What the recorder's wait between two steps comes to; frames take `LATENCY_MICROS`. */
const STEP_MICROS = 100_000;
/** After a deed on a server the others need a while, unless the step says how long. */
const SETTLE_MILLIS = 3_000;
export const LATENCY_MICROS = 1_000;
/** What the recorder asked for. */
const SESSION_MILLIS = 2_000;

export interface PlayedStep {
  readonly step: Step;
  /** Facts before this time belong to the step. */
  readonly to: Micros;
}

export interface Script {
  readonly clients: readonly string[];
  readonly nodes: number;
  readonly interventions: readonly Intervention[];
  readonly steps: readonly PlayedStep[];
  readonly until: Micros;
  /** The script ends before a step that is about whoever leads or follows then: it must be played so far to find out. */
  readonly asks: 'leader' | 'follower' | undefined;
}

export function serverId(node: number): string {
  return `server-${node}`;
}

export function serverIds(nodes: number): readonly string[] {
  return Array.from({ length: nodes }, (_, i) => serverId(i + 1));
}

export function clientId(name: string): string {
  return `client-${name}`;
}

/** What the recorder did to a server, as deeds. Its end is the same whether it was asked to stop or killed. */
const NODE_VERBS: { readonly [what: string]: readonly string[] } = {
  stop: ['crash'],
  kill: ['crash'],
  start: ['restart'],
  boot: ['restart'],
  restart: ['crash', 'restart'],
};

/** Recordings of ensembles are of three servers; the header need not say so. */
function nodesOf(trace: Trace): number {
  const isEnsemble = trace.topic === 'ensemble' || trace.steps.some(({ op }) => op === 'modes' || op === 'node');
  return trace.nodes > 1 ? trace.nodes : isEnsemble ? 3 : 1;
}

/** `roles` are the servers that the steps' `leader` and `follower` have turned out to be, in their order. */
export function translate(trace: Trace, roles: readonly string[]): Script {
  const translator = new Translator(roles);
  const steps: PlayedStep[] = [];
  for (const step of trace.steps) {
    translator.play(step);
    if (translator.asks) break;
    steps.push({ step, to: translator.now as Micros });
  }
  const { clients, interventions, now, asks } = translator;
  return { clients: [...clients], nodes: nodesOf(trace), interventions, steps, until: now as Micros, asks };
}

class Translator {
  readonly clients = new Set<string>();
  readonly interventions: Intervention[] = [];
  asks: Script['asks'];
  now = STEP_MICROS;
  private readonly crashed = new Set<string>();
  private readonly roles: readonly string[];
  private asked = 0;

  constructor(roles: readonly string[]) {
    this.roles = roles;
  }

  play(step: Step): void {
    const { op, args } = step;
    if (op === 'node') this.node(String(args['n'] ?? 1), args);
    else if (op === 'wait') this.now += Number(args['ms'] ?? 0) * 1_000;
    else if (op !== 'modes') this.client(String(args['client'] ?? 'A'), step);
    this.now += STEP_MICROS;
  }

  private node(n: string, args: JsonObject): void {
    const isRole = n === 'leader' || n === 'follower';
    const target = isRole ? this.roles[this.asked++] : serverId(Number(n));
    if (target === undefined) {
      this.asks = n as 'leader';
      return;
    }
    for (const verb of NODE_VERBS[String(args['do'])] ?? []) this.act(verb, target);
    this.now += Number(args['settle'] ?? SETTLE_MILLIS) * 1_000;
  }

  private client(name: string, step: Step): void {
    this.clients.add(name);
    if (step.op === 'crash') {
      this.crashed.add(name);
      this.act('crash', clientId(name));
      return;
    }
    if (this.crashed.delete(name)) this.act('restart', clientId(name));
    this.act('do', clientId(name), deedOf(step) as unknown as JsonObject);
  }

  private act(verb: string, target: string, args: JsonObject = {}): void {
    this.interventions.push({ at: this.now as Micros, verb, target, args });
  }
}

function deedOf({ i, op, args }: Step): ScriptDeed {
  const path = String(args['path'] ?? '/');
  const data = args['data'] === undefined || args['data'] === null ? null : String(args['data']);
  const version = Number(args['version'] ?? -1);
  const watch = Boolean(args['watch']);
  const deed = (request: ScriptDeed['request']) => ({ step: i, timeoutMillis: SESSION_MILLIS, request });
  switch (op) {
    case 'create':
      return deed({ op, path, data, mode: String(args['mode'] ?? 'PERSISTENT') as 'PERSISTENT' });
    case 'set':
      return deed({ op, path, data, version });
    case 'remove':
      return deed({ op: 'delete', path, version });
    case 'close':
      return deed({ op });
    default:
      return deed({ op: op as 'get' | 'exists' | 'children', path, watch });
  }
}
