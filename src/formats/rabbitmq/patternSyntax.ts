import { fail, ok, type Result } from '../../base/index.ts';
import { DEFINITIONS_LIMITS } from './limits.ts';

/** Why a pattern is not matched: the broker would not take it either, or it uses more of PCRE than is understood here. */
export type PatternFault = 'invalid' | 'unsupported';

/** UTF-16 units from the first to the last. */
export type Range = readonly [low: number, high: number];

/** What a pattern is made of. */
export type Item =
  | { readonly type: 'range'; readonly ranges: readonly Range[]; readonly isNegated: boolean }
  | { readonly type: 'start' | 'end' }
  | { readonly type: 'sequence' | 'choice'; readonly items: readonly Item[] }
  | { readonly type: 'repeat'; readonly item: Item; readonly min: number; readonly max: number | undefined };

const DIGITS: readonly Range[] = [[0x30, 0x39]];
const WORDS: readonly Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const SPACES: readonly Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
];
const CLASSES: { readonly [letter: string]: readonly Range[] } = { d: DIGITS, w: WORDS, s: SPACES };
const SIGNS: { readonly [letter: string]: number } = { n: 0x0a, r: 0x0d, t: 0x09, f: 0x0c, e: 0x1b, a: 0x07 };
const REPEATS_MAX = 1_000;

/**
 * The part of PCRE that policies use: literals, classes, groups, alternatives, repetitions and anchors. References back,
 * looking around, atomic and named groups and inline options are not understood.
 */
export function parsePattern(source: string): Result<Item, PatternFault> {
  const parser = new Parser(source.slice(0, DEFINITIONS_LIMITS.patternBytes));
  try {
    return ok(parser.parse());
  } catch (fault) {
    if (fault instanceof Fault) return fail(fault.fault);
    throw fault;
  }
}

class Fault extends Error {
  readonly fault: PatternFault;
  constructor(fault: PatternFault) {
    super(fault);
    this.fault = fault;
  }
}

/** Recursive over groups, which the length of a pattern bounds. */
class Parser {
  private readonly source: string;
  private at = 0;

  constructor(source: string) {
    this.source = source;
  }

  parse(): Item {
    const item = this.choice();
    // Only a bracket that nothing has opened ends it early.
    if (this.at < this.source.length) throw new Fault('invalid');
    return item;
  }

  private peek(): string {
    return this.source.charAt(this.at);
  }

  private choice(): Item {
    const items = [this.sequence()];
    while (this.peek() === '|') {
      this.at++;
      items.push(this.sequence());
    }
    return items.length === 1 ? (items[0] as Item) : { type: 'choice', items };
  }

  private sequence(): Item {
    const items: Item[] = [];
    while (this.at < this.source.length && this.peek() !== '|' && this.peek() !== ')') items.push(this.repeated(this.atom()));
    return { type: 'sequence', items };
  }

  private atom(): Item {
    const c = this.peek();
    this.at++;
    if (c === '(') return this.group();
    if (c === '[') return this.set();
    if (c === '^') return { type: 'start' };
    if (c === '$') return { type: 'end' };
    if (c === '.') return { type: 'range', ranges: [[0x0a, 0x0a]], isNegated: true };
    if (c === '*' || c === '+' || c === '?') throw new Fault('invalid');
    if (c === '\\') return this.escape();
    return literal(c.charCodeAt(0));
  }

  private group(): Item {
    if (this.peek() === '?') {
      if (this.source.charAt(this.at + 1) !== ':') throw new Fault('unsupported');
      this.at += 2;
    } else if (this.peek() === '*') throw new Fault('unsupported');
    const item = this.choice();
    if (this.peek() !== ')') throw new Fault('invalid');
    this.at++;
    return item;
  }

  private escape(): Item {
    const c = this.peek();
    if (c === '') throw new Fault('invalid');
    this.at++;
    const own = CLASSES[c.toLowerCase()];
    if (own) return { type: 'range', ranges: own, isNegated: c !== c.toLowerCase() };
    if (c === 'A') return { type: 'start' };
    if (c === 'Z') return { type: 'end' };
    return literal(this.sign(c));
  }

  /** The character that an escaped one stands for. */
  private sign(c: string): number {
    const known = SIGNS[c];
    if (known !== undefined) return known;
    if (c === 'x') {
      const hex = /^[0-9A-Fa-f]{2}/.exec(this.source.slice(this.at));
      if (!hex) throw new Fault('unsupported');
      this.at += 2;
      return Number.parseInt(hex[0], 16);
    }
    // Any other letter or digit means something: a reference, a boundary, a property.
    if (/[A-Za-z0-9]/.test(c)) throw new Fault('unsupported');
    return c.charCodeAt(0);
  }

  private set(): Item {
    const isNegated = this.peek() === '^';
    if (isNegated) this.at++;
    const ranges: Range[] = [];
    for (let isFirst = true; isFirst || this.peek() !== ']'; isFirst = false) {
      if (this.at >= this.source.length) throw new Fault('invalid');
      if (this.peek() === '[' && /[:.=]/.test(this.source.charAt(this.at + 1))) throw new Fault('unsupported');
      const low = this.member(ranges);
      if (low === undefined) continue;
      const isRange = this.peek() === '-' && this.source.charAt(this.at + 1) !== ']' && this.at + 1 < this.source.length;
      if (!isRange) {
        ranges.push([low, low]);
        continue;
      }
      this.at++;
      const high = this.member(ranges);
      if (high === undefined) throw new Fault('unsupported');
      if (high < low) throw new Fault('invalid');
      ranges.push([low, high]);
    }
    this.at++;
    return { type: 'range', ranges, isNegated };
  }

  /** One character of a set; undefined when it was a whole class, which is added. */
  private member(ranges: Range[]): number | undefined {
    const c = this.peek();
    this.at++;
    if (c !== '\\') return c.charCodeAt(0);
    const escaped = this.peek();
    if (escaped === '') throw new Fault('invalid');
    this.at++;
    const own = CLASSES[escaped];
    if (own) {
      ranges.push(...own);
      return undefined;
    }
    if (CLASSES[escaped.toLowerCase()]) throw new Fault('unsupported');
    return escaped === 'b' ? 0x08 : this.sign(escaped);
  }

  private repeated(item: Item): Item {
    const times = this.times();
    if (!times) return item;
    // Whether it takes as little as it can says nothing about whether it matches; never giving back does.
    if (this.peek() === '?') this.at++;
    else if (this.peek() === '+') throw new Fault('unsupported');
    return this.repeated({ type: 'repeat', item, ...times });
  }

  private times(): { readonly min: number; readonly max: number | undefined } | undefined {
    const c = this.peek();
    if (c === '*' || c === '+' || c === '?') {
      this.at++;
      return { min: c === '+' ? 1 : 0, max: c === '?' ? 1 : undefined };
    }
    const counted = c === '{' ? /^\{(\d{1,5})(,?)(\d{0,5})\}/.exec(this.source.slice(this.at, this.at + 14)) : null;
    // A bracket that counts nothing is a character like any other.
    if (!counted) return undefined;
    this.at += counted[0].length;
    const min = Number(counted[1]);
    const max = counted[2] === '' ? min : counted[3] === '' ? undefined : Number(counted[3]);
    if (max !== undefined && max < min) throw new Fault('invalid');
    if (min > REPEATS_MAX || (max ?? 0) > REPEATS_MAX) throw new Fault('unsupported');
    return { min, max };
  }
}

function literal(code: number): Item {
  return { type: 'range', ranges: [[code, code]], isNegated: false };
}
