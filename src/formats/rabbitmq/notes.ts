import { DEFINITIONS_LIMITS } from './limits.ts';
import type { Note, NoteList } from './types.ts';

/** Collects notes, a bounded number of each key: two thousand queues with the same argument are one thing to know. */
export class Notes<Key extends string> {
  private readonly list: Note<Key>[] = [];
  private readonly counts = new Map<string, number>();
  private more = 0;

  add(key: Key, path: string, args: Note<Key>['args'] = {}, vhost?: string): void {
    const kind = `${vhost ?? ''}\n${key}`;
    const count = this.counts.get(kind) ?? 0;
    this.counts.set(kind, count + 1);
    if (count >= DEFINITIONS_LIMITS.notesOfOneKey || this.list.length >= DEFINITIONS_LIMITS.notes) this.more++;
    else this.list.push({ path, key, args, ...(vhost === undefined ? {} : { vhost }) });
  }

  /** Takes over what concerns a virtual host, or the file as a whole. */
  take({ list, more }: NoteList<Key>, vhost: string): void {
    for (const note of list) if (note.vhost === undefined || note.vhost === vhost) this.add(note.key, note.path, note.args, note.vhost);
    this.more += more;
  }

  get all(): NoteList<Key> {
    return { list: this.list, more: this.more };
  }
}

/** A stranger's text as a note shows it: cut, and never longer than a line. */
export function quoted(text: string): string {
  return text.length > DEFINITIONS_LIMITS.quoted ? `${text.slice(0, DEFINITIONS_LIMITS.quoted)}…` : text;
}

/** The path of an entry of a table: `queues[3].arguments["x-foo"]`. */
export function entryPath(path: string, name: string): string {
  return `${path}[${JSON.stringify(quoted(name))}]`;
}
