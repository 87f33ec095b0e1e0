import * as v from 'valibot';
import type { Json, JsonObject, Result } from '../base/index.ts';
import { fail, ok } from '../base/index.ts';

/** One step of a recording: what was done, what the caller got, what each actor saw. */
export interface Step {
  readonly i: number;
  readonly op: string;
  readonly args: JsonObject;
  /** Undefined: plain success. */
  readonly result?: Json;
  readonly seen: { readonly [actor: string]: readonly JsonObject[] };
  readonly seenAnyOrder: { readonly [actor: string]: readonly JsonObject[] };
  readonly seenPool: readonly { readonly actors: readonly string[]; readonly facts: readonly JsonObject[] }[];
}

/** A recording of a real broker: format `mq-truth/1`. */
export interface Trace {
  readonly kind: 'trace';
  readonly broker: string;
  readonly version: string;
  readonly name: string;
  readonly topic: string;
  readonly title: string;
  readonly nodes: number;
  readonly steps: readonly Step[];
}

/** A file of cases (input → expected) of a reference implementation. */
export interface Vectors {
  readonly kind: 'vectors';
  /** What it says its name is; the file's name where it does not. */
  readonly name: string | undefined;
  readonly cases: readonly { readonly name: string; readonly data: JsonObject }[];
}

export interface Verdict {
  readonly status: 'passed' | 'failed' | 'not-modelled';
  readonly why?: string;
}

const factList = v.record(v.string(), v.array(v.record(v.string(), v.unknown())));
const pool = v.object({ actors: v.array(v.string()), facts: v.array(v.record(v.string(), v.unknown())) });
const step = v.looseObject({
  i: v.number(),
  op: v.string(),
  seen: v.optional(factList),
  seenAnyOrder: v.optional(factList),
  seenPool: v.optional(v.union([pool, v.array(pool)])),
});
const trace = v.object({
  format: v.literal('mq-truth/1'),
  broker: v.string(),
  version: v.string(),
  name: v.string(),
  topic: v.string(),
  title: v.optional(v.string(), ''),
  /** Free: a table of nodes, a number or a remark. */
  nodes: v.optional(v.unknown()),
  steps: v.array(step),
});
const vectors = v.object({
  name: v.optional(v.string()),
  cases: v.array(v.looseObject({ id: v.optional(v.union([v.string(), v.number()])) })),
});

/** Fields of a step that are not arguments of its operation. */
const NOT_ARGUMENTS = new Set(['i', 'op', 'result', 'seen', 'seenAnyOrder', 'seenPool']);

function stepOf(raw: v.InferOutput<typeof step>): Step {
  const { seenPool } = raw;
  const args = Object.fromEntries(Object.entries(raw).filter(([key]) => !NOT_ARGUMENTS.has(key)));
  const found = {
    i: raw.i,
    op: raw.op,
    args,
    seen: raw.seen ?? {},
    seenAnyOrder: raw.seenAnyOrder ?? {},
    seenPool: seenPool === undefined ? [] : Array.isArray(seenPool) ? seenPool : [seenPool],
  } as Step;
  return 'result' in raw ? { ...found, result: raw['result'] as Json } : found;
}

/** Reads a file's text; what is wrong with it comes back in plain words. */
export function parseTruth(text: string): Result<Trace | Vectors, string> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return fail(`it is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return fail('it is not a JSON object');
  if ('cases' in json) return parseVectors(json);
  if ('format' in json || 'steps' in json) return parseTrace(json);
  // Tables of defaults and the like: one case each.
  return Object.keys(json).length > 0
    ? ok({ kind: 'vectors', name: nameOf(json), cases: [{ name: 'all', data: json as JsonObject }] })
    : fail('there is nothing in it');
}

function nodeCount(nodes: unknown): number {
  if (typeof nodes === 'number') return nodes;
  return typeof nodes === 'object' && nodes !== null ? Object.keys(nodes).length : 1;
}

function wrong(kind: string, issues: readonly v.BaseIssue<unknown>[]): string {
  const first = issues[0];
  const path = first?.path?.map((item) => String(item.key)).join('.') ?? '';
  return `it is no ${kind}: ${path === '' ? '' : `at ${path}: `}${first?.message ?? 'unknown reason'}`;
}

function parseTrace(json: object): Result<Trace, string> {
  const parsed = v.safeParse(trace, json);
  if (!parsed.success) return fail(wrong('recording of format mq-truth/1', parsed.issues));
  const { broker, version, name, topic, title, nodes, steps } = parsed.output;
  return ok({ kind: 'trace', broker, version, name, topic, title, nodes: nodeCount(nodes), steps: steps.map(stepOf) });
}

function parseVectors(json: object): Result<Vectors, string> {
  const parsed = v.safeParse(vectors, json);
  if (!parsed.success) return fail(wrong('file of vectors', parsed.issues));
  const cases = parsed.output.cases.map((one, i) => ({ name: String(one.id ?? i), data: one as JsonObject }));
  return ok({ kind: 'vectors', name: parsed.output.name, cases });
}

function nameOf(json: object): string | undefined {
  return 'name' in json && typeof json.name === 'string' ? json.name : undefined;
}
