import { fail, ok, type Result } from '../../base/index.ts';
import { type Problem, type Run, SCHEMA_VERSION, type Vocabulary } from '../../scenario/index.ts';
import type { Backend, Claims, Stored, TabMemory } from './backend.ts';
import { tabMemory, webClaims } from './claims.ts';
import { openIndexedDb } from './indexedDb.ts';

/** One piece of work in a list. */
export interface Work {
  readonly id: string;
  readonly name: string;
  /** Wall clock, in ms since 1970. */
  readonly savedAt: number;
}

/** `full` and `blocked`: nothing is being kept, so a download should be offered. */
export type StorageStatus = 'ok' | 'full' | 'blocked';

/** `conflict`: another tab has saved this work since; save it under a new id, nothing is lost. */
export type SaveOutcome = 'saved' | 'conflict' | 'full' | 'blocked';

/** Work that was opened. A copy has a new id, since another tab works on the original. */
export interface OpenedWork {
  readonly id: string;
  readonly name: string;
  readonly run: Run;
  readonly isCopy: boolean;
}

/** Work kept in the browser. No method rejects: what storage refuses is an answer or a status. */
export interface WorkStore {
  readonly status: StorageStatus;
  /** Tells of every change of status. */
  subscribe(listener: () => void): () => void;
  /** Newest first. */
  list(): Promise<readonly Work[]>;
  load(id: string): Promise<Result<Run, Problem>>;
  save(id: string, run: Run, name: string): Promise<SaveOutcome>;
  remove(id: string): Promise<void>;
  /** False if another tab works on it. */
  claim(id: string): Promise<boolean>;
  release(id: string): void;
  /** Claims and loads; where another tab has it, a copy under a new id. This tab comes back to it after a reload. */
  open(id: string): Promise<Result<OpenedWork, Problem>>;
  /** What this tab worked on before a reload or crash, else the newest work; undefined if there is none that can be read. */
  resume(): Promise<OpenedWork | undefined>;
  /** A new piece of work: its id, claimed by this tab. Nothing is written before the first save. */
  begin(): string;
}

export interface StoreOptions {
  readonly vocabulary: Vocabulary;
  /** Waited for before the vocabulary is used. */
  readonly ready?: () => Promise<void>;
  readonly backend?: () => Promise<Backend>;
  readonly claims?: Claims;
  readonly memory?: TabMemory;
  readonly now?: () => number;
  readonly newId?: () => string;
}

/** Opens the browser's storage. Where there is none the store works all the same, keeps nothing and says `blocked`. */
export async function openStore(options: StoreOptions): Promise<WorkStore> {
  const backend = await (options.backend ?? openIndexedDb)().catch(() => undefined);
  return new BrowserStore(backend, options);
}

class BrowserStore implements WorkStore {
  status: StorageStatus;
  private readonly backend: Backend | undefined;
  private readonly vocabulary: Vocabulary;
  private readonly ready: () => Promise<void>;
  private readonly claims: Claims;
  private readonly memory: TabMemory;
  private readonly now: () => number;
  private readonly newId: () => string;
  private readonly listeners = new Set<() => void>();
  /** Revisions that this tab has read or written. */
  private readonly revisions = new Map<string, number>();

  constructor(backend: Backend | undefined, options: StoreOptions) {
    this.backend = backend;
    this.status = backend ? 'ok' : 'blocked';
    this.vocabulary = options.vocabulary;
    this.ready = options.ready ?? (async () => undefined);
    this.claims = options.claims ?? webClaims();
    this.memory = options.memory ?? tabMemory();
    this.now = options.now ?? Date.now;
    this.newId = options.newId ?? randomId;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async list(): Promise<readonly Work[]> {
    const heads = (await this.attempt((backend) => backend.heads())) ?? [];
    return heads.map(({ id, name, savedAt }) => ({ id, name, savedAt })).sort((a, b) => b.savedAt - a.savedAt || (a.id < b.id ? -1 : 1));
  }

  async load(id: string): Promise<Result<Run, Problem>> {
    const stored = await this.attempt((backend) => backend.get(id));
    if (!stored) return fail({ where: id, key: 'storage.gone' });
    const run = await this.parse(stored);
    if (run.ok) this.revisions.set(id, stored.revision);
    return run;
  }

  async save(id: string, run: Run, name: string): Promise<SaveOutcome> {
    if (!this.backend) return 'blocked';
    const expected = this.revisions.get(id) ?? 0;
    const work: Stored = { id, name, savedAt: this.now(), revision: expected + 1, version: SCHEMA_VERSION, run };
    try {
      const isWritten = await this.backend.put(work, expected);
      this.become('ok');
      if (!isWritten) return 'conflict';
      this.revisions.set(id, expected + 1);
      return 'saved';
    } catch (error) {
      const trouble = troubleOf(error);
      this.become(trouble);
      return trouble;
    }
  }

  async remove(id: string): Promise<void> {
    await this.attempt((backend) => backend.remove(id));
    this.revisions.delete(id);
  }

  claim(id: string): Promise<boolean> {
    return this.claims.claim(id);
  }

  release(id: string): void {
    this.claims.release(id);
  }

  async open(id: string): Promise<Result<OpenedWork, Problem>> {
    const isOurs = await this.claims.claim(id);
    const run = await this.load(id);
    if (!run.ok) {
      if (isOurs) this.claims.release(id);
      return run;
    }
    const name = (await this.list()).find((work) => work.id === id)?.name ?? '';
    if (!isOurs) return ok({ id: this.begin(), name, run: run.value, isCopy: true });
    this.memory.write(id);
    return ok({ id, name, run: run.value, isCopy: false });
  }

  async resume(): Promise<OpenedWork | undefined> {
    const works = await this.list();
    const own = this.memory.read();
    const order = works.toSorted((a, b) => Number(b.id === own) - Number(a.id === own));
    for (const { id } of order) {
      const opened = await this.open(id);
      if (opened.ok) return opened.value;
    }
    return undefined;
  }

  begin(): string {
    const id = this.newId();
    // Nobody else can know the new id, so the claim need not be waited for.
    void this.claims.claim(id);
    this.memory.write(id);
    return id;
  }

  private async parse(stored: Stored): Promise<Result<Run, Problem>> {
    // Most who open the page have no work yet: what reads it is fetched when there is some.
    const [{ readStored }] = await Promise.all([import('./reading.ts'), this.ready()]);
    return readStored(stored, this.vocabulary);
  }

  private async attempt<T>(work: (backend: Backend) => Promise<T>): Promise<T | undefined> {
    if (!this.backend) return undefined;
    try {
      return await work(this.backend);
    } catch (error) {
      this.become(troubleOf(error));
      return undefined;
    }
  }

  private become(status: StorageStatus): void {
    if (this.status === status) return;
    this.status = status;
    for (const listener of this.listeners) listener();
  }
}

function troubleOf(error: unknown): 'full' | 'blocked' {
  return error instanceof Error && error.name === 'QuotaExceededError' ? 'full' : 'blocked';
}

/** Long enough that two tabs never choose the same. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => (byte % 36).toString(36)).join('');
}
