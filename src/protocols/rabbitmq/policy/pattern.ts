/*
 * Patterns of policies, matched without ever going back: whatever a stranger writes, the time is bounded by the lengths of
 * pattern and name (Thompson's construction; steps of the machine are tried all at once). What such a machine can't do
 * (references back, and a few rarities) is not understood, and is said to be so.
 */

type Test = (code: number) => boolean;
type Op =
  | { readonly op: 'char'; readonly test: Test }
  | { readonly op: 'split'; readonly to: readonly [number, number] }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'begin' | 'end' | 'match' }
  | { readonly op: 'look'; readonly program: readonly Op[]; readonly wanted: boolean };

/** A pattern ready to be matched. */
export interface Pattern {
  readonly program: readonly Op[];
}

const LENGTH_MAX = 1_000;
const PROGRAM_MAX = 4_000;
const DEPTH_MAX = 32;
const REPEAT_MAX = 255;

class NotUnderstood extends Error {}

const isDigit: Test = (code) => code >= 48 && code <= 57;
const isWord: Test = (code) => isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
const isSpace: Test = (code) => code === 32 || (code >= 9 && code <= 13);
const not =
  (test: Test): Test =>
  (code) =>
    !test(code);
const CLASSES: { readonly [letter: string]: Test } = {
  d: isDigit,
  w: isWord,
  s: isSpace,
  D: not(isDigit),
  W: not(isWord),
  S: not(isSpace),
};
const CONTROLS: { readonly [letter: string]: number } = { n: 10, r: 13, t: 9, f: 12 };

class Compiler {
  private at = 0;
  private depth = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  compile(): readonly Op[] {
    const program = this.alternatives();
    if (this.at < this.text.length) throw new NotUnderstood();
    return [...program, { op: 'match' }];
  }

  private peek(): string {
    return this.text.charAt(this.at);
  }
  private eat(wanted: string): boolean {
    if (!this.text.startsWith(wanted, this.at)) return false;
    this.at += wanted.length;
    return true;
  }

  private alternatives(): Op[] {
    if (++this.depth > DEPTH_MAX) throw new NotUnderstood();
    let program = this.sequence();
    while (this.eat('|')) {
      const other = this.sequence();
      program = [{ op: 'split', to: [1, program.length + 2] }, ...program, { op: 'jump', to: other.length + 1 }, ...other];
      checkSize(program);
    }
    this.depth--;
    return program;
  }

  private sequence(): Op[] {
    const program: Op[] = [];
    while (this.at < this.text.length && this.peek() !== '|' && this.peek() !== ')') {
      program.push(...this.repeated(this.atom()));
      checkSize(program);
    }
    return program;
  }

  private atom(): Op[] {
    if (this.eat('^')) return [{ op: 'begin' }];
    if (this.eat('$')) return [{ op: 'end' }];
    if (this.eat('.')) return [{ op: 'char', test: (code) => code !== 10 }];
    if (this.eat('(?:')) return this.group();
    for (const [opening, wanted] of [
      ['(?!', false],
      ['(?=', true],
    ] as const) {
      if (this.eat(opening)) return [{ op: 'look', program: [...this.group(), { op: 'match' }], wanted }];
    }
    if (this.eat('(?')) throw new NotUnderstood();
    if (this.eat('(')) return this.group();
    if (this.eat('[')) return [{ op: 'char', test: this.set() }];
    if (this.eat('\\')) return this.escaped();
    if ('*+?'.includes(this.peek())) throw new NotUnderstood();
    const code = this.text.codePointAt(this.at) as number;
    this.at += String.fromCodePoint(code).length;
    return [{ op: 'char', test: (other) => other === code }];
  }

  private group(): Op[] {
    const program = this.alternatives();
    if (!this.eat(')')) throw new NotUnderstood();
    return program;
  }

  private escaped(): Op[] {
    if (this.eat('A')) return [{ op: 'begin' }];
    if (this.eat('z') || this.eat('Z')) return [{ op: 'end' }];
    const test = this.escape();
    return [{ op: 'char', test: typeof test === 'number' ? (code) => code === test : test }];
  }

  private escape(): Test | number {
    const letter = this.peek();
    this.at++;
    const known = CLASSES[letter];
    if (known) return known;
    const control = CONTROLS[letter];
    if (control !== undefined) return control;
    if (letter === '' || /[A-Za-z0-9]/.test(letter)) throw new NotUnderstood();
    return letter.charCodeAt(0);
  }

  private set(): Test {
    const isNegated = this.eat('^');
    const tests: Test[] = [];
    for (let isFirst = true; isFirst || this.peek() !== ']'; isFirst = false) {
      if (this.at >= this.text.length || this.text.startsWith('[:', this.at)) throw new NotUnderstood();
      const low = this.member();
      if (typeof low === 'number' && this.peek() === '-' && this.text.charAt(this.at + 1) !== ']') {
        this.at++;
        const high = this.member();
        if (typeof high !== 'number' || high < low) throw new NotUnderstood();
        tests.push((code) => code >= low && code <= high);
      } else tests.push(typeof low === 'number' ? (code) => code === low : low);
    }
    this.at++;
    const isIn: Test = (code) => tests.some((test) => test(code));
    return isNegated ? not(isIn) : isIn;
  }

  private member(): Test | number {
    if (this.eat('\\')) return this.escape();
    const code = this.text.codePointAt(this.at) as number;
    this.at += String.fromCodePoint(code).length;
    return code;
  }

  private repeated(atom: Op[]): Op[] {
    let program = atom;
    for (let bounds = this.bounds(); bounds !== undefined; bounds = this.bounds()) {
      // Lazy or possessive: which way is tried first makes no difference to whether a name matches (lazy), or is rare.
      if (this.eat('+')) throw new NotUnderstood();
      this.eat('?');
      program = repeat(program, bounds[0], bounds[1]);
    }
    return program;
  }

  private bounds(): readonly [number, number] | undefined {
    if (this.eat('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.eat('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.eat('?')) return [0, 1];
    const found = /^\{(\d{1,4})(,(\d{1,4})?)?\}/.exec(this.text.slice(this.at, this.at + 12));
    if (!found) return undefined;
    this.at += found[0].length;
    const least = Number(found[1]);
    const most = found[2] === undefined ? least : found[3] === undefined ? Number.POSITIVE_INFINITY : Number(found[3]);
    if (least > REPEAT_MAX || (most !== Number.POSITIVE_INFINITY && most > REPEAT_MAX) || most < least) throw new NotUnderstood();
    return [least, most];
  }
}

function checkSize(program: readonly Op[]): void {
  if (program.length > PROGRAM_MAX) throw new NotUnderstood();
}

/** Jumps are relative, so a part of a program can be put anywhere. */
function repeat(atom: readonly Op[], least: number, most: number): Op[] {
  const isEndless = most === Number.POSITIVE_INFINITY;
  if ((least + (isEndless ? 1 : most - least)) * (atom.length + 2) > PROGRAM_MAX) throw new NotUnderstood();
  const program: Op[] = [];
  for (let i = 0; i < least; i++) program.push(...atom);
  if (isEndless) program.push({ op: 'split', to: [1, atom.length + 2] }, ...atom, { op: 'jump', to: -(atom.length + 1) });
  else for (let i = least; i < most; i++) program.push({ op: 'split', to: [1, atom.length + 1] }, ...atom);
  return program;
}

/** Reads a pattern; undefined when it is not understood. */
export function compilePattern(text: string): Pattern | undefined {
  if (text.length > LENGTH_MAX) return undefined;
  try {
    return { program: new Compiler(text).compile() };
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

/** What a look ahead has found at each place: without it looks inside looks would take as long as they are deep to the power. */
type Seen = Map<Op, Map<number, boolean>>;

/** Whether the pattern is found somewhere in a name. */
export function matches({ program }: Pattern, name: string): boolean {
  return run(
    program,
    [...name].map((letter) => letter.codePointAt(0) as number),
    0,
    false,
    new Map(),
  );
}

function run(program: readonly Op[], codes: readonly number[], from: number, isAnchored: boolean, seen: Seen): boolean {
  let states = new Set<number>();
  for (let at = from; at <= codes.length; at++) {
    if ((!isAnchored || at === from) && follow(program, 0, codes, at, states, seen)) return true;
    if (at === codes.length) return false;
    const next = new Set<number>();
    for (const state of states) {
      const op = program[state] as Op;
      if (op.op === 'char' && op.test(codes[at] as number) && follow(program, state + 1, codes, at + 1, next, seen)) return true;
    }
    states = next;
  }
  return false;
}

/** Adds all that can be reached without reading on; true when the end of the pattern is among it. */
function follow(program: readonly Op[], start: number, codes: readonly number[], at: number, states: Set<number>, seen: Seen): boolean {
  const open = [start];
  while (open.length > 0) {
    const state = open.pop() as number;
    if (states.has(state)) continue;
    states.add(state);
    const op = program[state] as Op;
    if (op.op === 'match') return true;
    if (op.op === 'jump') open.push(state + op.to);
    else if (op.op === 'split') open.push(state + op.to[0], state + op.to[1]);
    else if (
      op.op === 'begin'
        ? at === 0
        : op.op === 'end'
          ? at === codes.length
          : op.op === 'look' && looksAhead(op, codes, at, seen) === op.wanted
    )
      open.push(state + 1);
  }
  return false;
}

function looksAhead(look: Op & { readonly op: 'look' }, codes: readonly number[], at: number, seen: Seen): boolean {
  let known = seen.get(look);
  if (!known) {
    known = new Map();
    seen.set(look, known);
  }
  let found = known.get(at);
  if (found === undefined) {
    found = run(look.program, codes, at, true, seen);
    known.set(at, found);
  }
  return found;
}
