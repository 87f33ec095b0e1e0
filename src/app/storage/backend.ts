/** One piece of work as it lies in the browser. `run` is plain data that nobody vouches for: it is parsed when loaded. */
export interface Stored {
  readonly id: string;
  readonly name: string;
  /** Wall clock, in ms since 1970: only for people. */
  readonly savedAt: number;
  /** Rises with every save, so that two tabs notice each other. */
  readonly revision: number;
  /** Version of the document's schema. */
  readonly version: number;
  readonly run: unknown;
}
export type StoredHead = Omit<Stored, 'run'>;

/**
 * Where work is kept. IndexedDB in the browser: unlike localStorage it checks and writes in one transaction across
 * tabs, does not stop the page while it writes, and holds more than 5 MB. Every method may reject: with a
 * `QuotaExceededError` when storage is full, with anything else when it is not to be had.
 */
export interface Backend {
  heads(): Promise<readonly StoredHead[]>;
  get(id: string): Promise<Stored | undefined>;
  /** Writes if the stored revision is still the expected one (0: there is none), in one transaction. False, and nothing written, otherwise. */
  put(work: Stored, expected: number): Promise<boolean>;
  remove(id: string): Promise<void>;
}

/** Which tab works on what. A tab's claims end with it, also when it crashes. */
export interface Claims {
  /** True if the work is this tab's now, or was already. */
  claim(id: string): Promise<boolean>;
  release(id: string): void;
}

/** What this tab remembers over a reload. */
export interface TabMemory {
  read(): string | undefined;
  write(id: string): void;
}
