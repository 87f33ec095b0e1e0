import { readFileSync } from 'node:fs';
import { hashHex } from '../base/index.ts';
import { boot, compile, type Fact, newerProblem, type Program, step } from '../engine/index.ts';
import { dynamicText, loadLanguage } from '../i18n/index.ts';
import { GALLERY } from '../lessons/gallery/index.ts';
import { catalogue } from '../protocols/catalogue.ts';
import { decodeLink, type Problem, parseFile, type Run, sidesOf } from '../scenario/index.ts';

/** npm run simulate -- FILE-OR-LINK [--until 30s] [--seed N]: a run without a screen, a fact a line as JSON. */
class Refused extends Error {}

/** What is wrong, where, and what to do. */
function sentence({ key, remedy, where, field, args }: Problem): string {
  const place = [where, field].filter(Boolean).join(', ');
  const what = dynamicText('en', `problem.${key}`, args);
  return [place && `${place}:`, what, remedy && dynamicText('en', `remedy.${remedy}`, args)].filter(Boolean).join(' ');
}

function told(problems: readonly Problem[]): string {
  return problems.map(sentence).join('\n');
}

/** `gallery:ID`, or the address of a gallery scenario as the browser shows it. */
const GALLERY_SOURCE = /^(?:gallery:(?<id>.*)|https?:[^#]*[?&]scenario=(?<asked>[\w-]*)[^#]*#?)$/;

function readRun(source: string): Run {
  const named = GALLERY_SOURCE.exec(source)?.groups;
  const id = named?.['id'] ?? named?.['asked'];
  if (id !== undefined) {
    const found = GALLERY.find((entry) => entry.id === id);
    if (!found) throw new Refused(`No gallery scenario ${id}. There are: ${GALLERY.map((entry) => entry.id).join(', ')}`);
    return found.run;
  }
  const hash = source.indexOf('#');
  if (hash >= 0) {
    const decoded = decodeLink(source.slice(hash + 1), catalogue);
    if (!decoded.ok) throw new Refused(`The link can't be read: ${told([decoded.error])}`);
    return current(decoded.value.run);
  }
  let text: string;
  try {
    text = readFileSync(source, 'utf8');
  } catch (error) {
    throw new Refused(`${source} can't be read: ${(error as Error).message}`);
  }
  const parsed = parseFile(text, catalogue);
  if (!parsed.ok) throw new Refused(`${source} is not a scenario file: ${told(parsed.error)}`);
  return current(parsed.value);
}

function current(run: Run): Run {
  const newer = newerProblem(run);
  if (newer) throw new Refused(`Made by a newer Queuescope: ${told([newer])}`);
  return run;
}

/** "30s", "1500ms", "2m" → µs. */
function duration(value: string | undefined): number {
  const match = /^(\d{1,9}(?:\.\d{1,6})?)(ms|s|m)$/.exec(value ?? '');
  if (!match) throw new Refused(`--until wants a time such as 30s, 1500ms or 2m, not ${value ?? 'nothing'}`);
  return Math.round(Number(match[1]) * { ms: 1_000, s: 1_000_000, m: 60_000_000 }[match[2] as 'ms' | 's' | 'm']);
}

function wholeNumber(value: string | undefined): number {
  if (!/^\d{1,10}$/.test(value ?? '')) throw new Refused(`--seed wants a whole number, not ${value ?? 'nothing'}`);
  return Number(value);
}

function options(args: readonly string[]): { source: string; until?: number; seed?: number } {
  const found: { source?: string; until?: number; seed?: number } = {};
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (arg === '--until') found.until = duration(args[++i]);
    else if (arg === '--seed') found.seed = wholeNumber(args[++i]);
    else if (arg.startsWith('--') || found.source !== undefined) throw new Refused(`Unknown argument ${arg}`);
    else found.source = arg;
  }
  if (found.source === undefined) throw new Refused('Usage: npm run simulate -- FILE-OR-LINK [--until 30s] [--seed N]');
  return { ...found, source: found.source };
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function compiled(run: Run): Program {
  const result = compile(run, catalogue);
  if (!result.ok) throw new Refused(`The scenario can't be run: ${told(result.error)}`);
  return result.value;
}

function play(program: Program, side: string | undefined, until: number | undefined): object {
  const end = Math.min(until ?? program.end, program.end);
  const counts: { [kind: string]: number } = {};
  const facts: Fact[] = [];
  let digest = 0;
  let steps = 0;
  const world = boot(program, facts);
  do {
    for (const fact of facts) {
      counts[fact.kind] = (counts[fact.kind] ?? 0) + 1;
      print(side === undefined ? fact : { side, ...fact });
    }
    facts.length = 0;
    digest = world.digest;
    steps = world.steps;
  } while (step(program, world, facts) && world.now <= end);
  return { ...(side === undefined ? {} : { side }), steps, digest: hashHex(digest), halted: world.halted, counts };
}

// Whoever reads may have seen enough: `| head` is no mistake.
process.stdout.on('error', () => process.exit(0));
try {
  await loadLanguage('en');
  const { source, until, seed } = options(process.argv.slice(2));
  const read = readRun(source);
  const run = seed === undefined ? read : { ...read, seed };
  const extended =
    until === undefined
      ? run
      : {
          ...run,
          scenario: { ...run.scenario, settings: { ...run.scenario.settings, until: until as Run['scenario']['settings']['until'] } },
        };
  const sides = sidesOf(extended).map(compiled);
  const summaries = sides.map((side, i) => play(side, sides.length > 1 ? 'ab'[i] : undefined, until));
  print({ kind: 'run.summary', seed: run.seed, ...(summaries.length > 1 ? { sides: summaries } : summaries[0]) });
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
