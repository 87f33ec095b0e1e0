import type { SessionId, Stat, Zxid } from '../frames.ts';

/** One node of the tree. Never changed: checkpoints share it. */
export interface Znode {
  readonly data: string | null;
  readonly version: number;
  /** How many children were ever created here: the number that the next sequential child gets. */
  readonly created: number;
  /** Names of the children, in order of creation. */
  readonly children: readonly string[];
  readonly czxid: Zxid;
  readonly mzxid: Zxid;
  readonly pzxid: Zxid;
  /** 0 = it is persistent. */
  readonly ephemeralOwner: SessionId;
}

export function newZnode(data: string | null, zxid: Zxid, ephemeralOwner: SessionId): Znode {
  return { data, version: 0, created: 0, children: [], czxid: zxid, mzxid: zxid, pzxid: zxid, ephemeralOwner };
}

/** As clients see it: their `cversion` counts children that came and children that went. */
export function statOf(znode: Znode): Stat {
  const { version, created, children, czxid, mzxid, pzxid, ephemeralOwner } = znode;
  return { version, cversion: 2 * created - children.length, czxid, mzxid, pzxid, ephemeralOwner, numChildren: children.length };
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** True for a path that the server takes: absolute, without empty, `.` or `..` steps and without a slash at its end. */
export function isValidPath(path: string): boolean {
  if (path === '/') return true;
  if (!path.startsWith('/') || path.includes('\0')) return false;
  return path
    .slice(1)
    .split('/')
    .every((step) => step !== '' && step !== '.' && step !== '..');
}

/** How a sequence number is written: ten digits. */
export function sequence(number: number): string {
  return String(number).padStart(10, '0');
}
