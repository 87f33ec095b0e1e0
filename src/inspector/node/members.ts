import type { PartId } from '../../base/index.ts';
import { type PartView, viewOf } from '../../engine/index.ts';
import type { Side } from '../../playback/index.ts';

/** One in a container: what it is to read, and how its own process is doing. */
export interface MemberRow {
  /** Of those that are no part any more, what they are called in there. */
  readonly part: PartId | undefined;
  readonly name: string;
  /** By `<store>-<lane>`. */
  readonly lanes: readonly string[];
  readonly status: PartView['status'] | undefined;
}

/**
 * Who is in a container. What somebody is to read is told by whoever looks after it, if anyone does: what is assigned to one
 * that has died stays so until that is noticed. Else it is what each reads.
 */
export function membersOf({ program, timeline: { world } }: Pick<Side, 'program' | 'timeline'>, id: PartId): readonly MemberRow[] {
  const view = viewOf(program, world, id);
  const told = view?.status === 'down' ? undefined : view?.members;
  const own = [...program.parts.values()].filter((part) => part.parent === id && world.present.has(part.id));
  const rows = own.map((part): MemberRow => {
    const { status, pointers = [] } = viewOf(program, world, part.id) ?? {};
    const lanes = told
      ? told.filter((member) => member.part === part.id).flatMap((member) => member.lanes)
      : pointers.filter(({ kind }) => kind === 'position').map(({ store, lane }) => `${store}-${lane}`);
    return { part: part.id, name: part.name, lanes, status };
  });
  const drawn = new Set(own.map((part) => part.id));
  const others = (told ?? []).filter(({ part }) => part === undefined || !drawn.has(part));
  return [...rows, ...others.map(({ id: name, lanes }): MemberRow => ({ part: undefined, name, lanes, status: undefined }))];
}
