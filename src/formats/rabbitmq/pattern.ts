import { fail, ok, type Result } from '../../base/index.ts';
import { DEFINITIONS_LIMITS } from './limits.ts';
import { type Item, type PatternFault, parsePattern, type Range } from './patternSyntax.ts';

/** Steps that may still be taken; shared by all patterns of a file, so that no number of them can hold up the page. */
export interface Effort {
  left: number;
}

type State =
  | { readonly op: 'range'; readonly ranges: readonly Range[]; readonly isNegated: boolean }
  | { readonly op: 'split'; a: number; b: number }
  | { readonly op: 'start' | 'end' | 'match' };

/**
 * A policy's pattern as an automaton: it walks over a name once and is in many states at a time, so it takes no longer
 * than length × states whatever the pattern holds. A backtracking matcher such as the browser's own can be made to take
 * years by a pattern of twenty characters.
 */
export class Pattern {
  private readonly states: readonly State[];

  private constructor(states: readonly State[]) {
    this.states = states;
  }

  static compile(source: string): Result<Pattern, PatternFault> {
    const parsed = parsePattern(source);
    if (!parsed.ok) return parsed;
    const builder = new Builder();
    if (!builder.build(parsed.value)) return fail('unsupported');
    return ok(new Pattern([...builder.states, { op: 'match' }]));
  }

  /** Whether the pattern is found anywhere in the name; undefined when the effort is used up. */
  test(name: string, effort: Effort): boolean | undefined {
    let current = new Set<number>();
    for (let at = 0; at <= name.length; at++) {
      // A match may begin anywhere.
      if (this.enter(current, 0, name, at)) return true;
      effort.left -= current.size + 1;
      if (effort.left < 0) return undefined;
      if (at === name.length) return false;
      const code = name.charCodeAt(at);
      const next = new Set<number>();
      for (const index of current) {
        const state = this.states[index] as State;
        if (state.op === 'range' && takes(state, code) && this.enter(next, index + 1, name, at + 1)) return true;
      }
      current = next;
    }
    return false;
  }

  /** Enters a state and all that can be reached from it without a character; true when the match is among them. */
  private enter(into: Set<number>, first: number, name: string, at: number): boolean {
    const open = [first];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (into.has(index)) continue;
      into.add(index);
      const state = this.states[index] as State;
      if (state.op === 'match') return true;
      if (state.op === 'split') open.push(state.b, state.a);
      else if (state.op === 'start' && at === 0) open.push(index + 1);
      // A dollar also stands before a line break at the very end.
      else if (state.op === 'end' && (at === name.length || (at === name.length - 1 && name.endsWith('\n')))) open.push(index + 1);
    }
    return false;
  }
}

function takes({ ranges, isNegated }: { readonly ranges: readonly Range[]; readonly isNegated: boolean }, code: number): boolean {
  return ranges.some(([low, high]) => code >= low && code <= high) !== isNegated;
}

/** Lays the states out one behind the other: what follows a state is the next one, unless it splits. */
class Builder {
  readonly states: State[] = [];
  private pieces = 0;

  /** False when there would be too many states; pieces are counted, too, since an empty group repeated makes none. */
  build(item: Item): boolean {
    this.pieces++;
    if (Math.max(this.states.length, this.pieces) > DEFINITIONS_LIMITS.patternStates) return false;
    switch (item.type) {
      case 'range':
        this.states.push({ op: 'range', ranges: item.ranges, isNegated: item.isNegated });
        return true;
      case 'start':
      case 'end':
        this.states.push({ op: item.type });
        return true;
      case 'sequence':
        return item.items.every((each) => this.build(each));
      case 'choice':
        return this.choice(item.items);
      case 'repeat':
        return this.repeat(item);
    }
  }

  private split(a: number, b: number): { a: number; b: number } {
    const state = { op: 'split' as const, a, b };
    this.states.push(state);
    return state;
  }

  private choice(items: readonly Item[]): boolean {
    const jumps: { a: number; b: number }[] = [];
    for (const [index, item] of items.entries()) {
      const isLast = index === items.length - 1;
      const fork = isLast ? undefined : this.split(this.states.length + 1, 0);
      if (!this.build(item)) return false;
      if (!isLast) jumps.push(this.split(0, 0));
      if (fork) fork.b = this.states.length;
    }
    for (const jump of jumps) {
      jump.a = this.states.length;
      jump.b = this.states.length;
    }
    return true;
  }

  private repeat({ item, min, max }: Item & { readonly type: 'repeat' }): boolean {
    for (let i = 0; i < min; i++) if (!this.build(item)) return false;
    if (max === undefined) {
      const loop = this.split(this.states.length + 1, 0);
      const start = this.states.length - 1;
      if (!this.build(item)) return false;
      this.split(start, start);
      loop.b = this.states.length;
      return true;
    }
    const exits: { b: number }[] = [];
    for (let i = min; i < max; i++) {
      exits.push(this.split(this.states.length + 1, 0));
      if (!this.build(item)) return false;
    }
    for (const exit of exits) exit.b = this.states.length;
    return true;
  }
}
