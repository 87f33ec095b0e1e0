import type { Pointer } from '../../engine/index.ts';
import type { Reader } from './readers.ts';
import { cellX, type Row } from './rows.ts';

/** Where a boundary before a number lies: between two cells. */
export function boundary(row: Row, at: number): number {
  return cellX(row, at) - 1;
}

/** Readers that stand at one place, the one to be named first. */
export interface Stack {
  readonly x: number;
  /** Beyond the edge of what is seen. */
  readonly beyond: -1 | 0 | 1;
  readonly pointers: readonly Pointer[];
}

/** What is known of readers besides where they stand. */
export interface ReaderLook {
  reader(id: string): Reader;
  /** Chosen by a person, it or what it belongs to. */
  isChosen(id: string): boolean;
}

/**
 * The pointers of a lane, one stack a place. A member that stands where its group has committed says nothing more than that;
 * without this eight groups at rest would be sixteen pointers.
 */
export function stacksOf(row: Row, pointers: readonly Pointer[], look: ReaderLook): readonly Stack[] {
  const committed = new Map(pointers.filter(({ kind }) => kind === 'committed').map(({ reader, at }) => [reader, at]));
  const rank = ({ kind, reader }: Pointer) => (look.isChosen(reader) ? 0 : kind === 'committed' ? 1 : 2);
  const stacks = new Map<number, { readonly x: number; readonly beyond: -1 | 0 | 1; readonly pointers: Pointer[] }>();
  for (const pointer of pointers) {
    const { group } = look.reader(pointer.reader);
    if (pointer.kind === 'position' && group !== undefined && committed.get(group) === pointer.at) continue;
    const place = boundary(row, pointer.at);
    const beyond = place < row.left - 1.5 ? -1 : place > row.right + 1.5 ? 1 : 0;
    const x = Math.min(row.right, Math.max(row.left, place));
    const found = stacks.get(x);
    if (found) found.pointers.push(pointer);
    else stacks.set(x, { x, beyond, pointers: [pointer] });
  }
  for (const stack of stacks.values()) stack.pointers.sort((a, b) => rank(a) - rank(b));
  return [...stacks.values()].sort((a, b) => rank(a.pointers[0] as Pointer) - rank(b.pointers[0] as Pointer) || a.x - b.x);
}

export interface StackName {
  readonly stack: Stack;
  readonly text: string;
  /** Left edge of the text. */
  readonly x: number;
}

/** From a triangle's middle to the name beside it. */
const BESIDE = 7;
/** Room between two words of a row. */
export const NAME_AIR = 5;
/** So much of a name is still told apart from others. */
const SHORT = 5;

/**
 * Names beside stacks as far as they have room, at the right if they can: whole, else their beginning, else only how many
 * there are. Nothing is ever written over another; colours and the words under a pointer tell the rest.
 */
export function namesOf(
  row: Row,
  stacks: readonly Stack[],
  look: ReaderLook,
  widthOf: (text: string) => number,
  others: readonly (readonly [from: number, to: number])[] = [],
): readonly StackName[] {
  const taken = [...others, ...stacks.map(({ x }) => [x - BESIDE + 1, x + BESIDE - 1] as const)];
  const isFree = (from: number, width: number) =>
    from > row.left - 40 && from + width < row.right + 36 && !taken.some(([begin, end]) => from < end && from + width > begin);
  const names: StackName[] = [];
  for (const stack of stacks) {
    for (const text of wordsOf(stack, look)) {
      const width = widthOf(text);
      const x = [stack.x + BESIDE, stack.x - BESIDE - width].find((place) => isFree(place, width));
      if (x === undefined) continue;
      taken.push([x - NAME_AIR, x + width + NAME_AIR]);
      names.push({ stack, text, x });
      break;
    }
  }
  return names;
}

/** Where the triangles end. */
export function stackEnd(stacks: readonly Stack[]): number {
  return Math.max(Number.NEGATIVE_INFINITY, ...stacks.map(({ x }) => x + BESIDE - 1));
}

/** A name whole, or as much of it as there is room for; '' where that says nothing any more. */
export function fittingName(name: string, room: number, widthOf: (text: string) => number): string {
  const signs = [...name];
  for (let length = signs.length; length > 1; length--) {
    const text = length === signs.length ? name : `${signs.slice(0, length).join('')}…`;
    if (widthOf(text) <= room) return text;
  }
  return signs.length === 1 && widthOf(name) <= room ? name : '';
}

/** What a stack may be called, the best first. */
function wordsOf({ pointers }: Stack, look: ReaderLook): readonly string[] {
  const { reader } = pointers[0] as Pointer;
  const signs = [...look.reader(reader).name];
  const more = pointers.length > 1 ? ` +${pointers.length - 1}` : '';
  const short = signs.length > SHORT ? [`${signs.slice(0, SHORT - 1).join('')}…${more}`] : [];
  // Who was asked for is named, even if there is no room to say how many stand behind it.
  const alone = more !== '' && look.isChosen(reader) ? [signs.join('')] : [];
  return [`${signs.join('')}${more}`, ...alone, ...short, ...(more === '' ? [] : [`×${pointers.length}`])];
}
