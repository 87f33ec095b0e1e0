import type { Backend, Stored, StoredHead } from './backend.ts';

const DATABASE = 'queuescope';
const VERSION = 1;
/** Small records for lists, large ones apart, so that a list reads no runs. */
const HEADS = 'heads';
const RUNS = 'runs';

/** Rejects where the browser has no IndexedDB for this page, as with blocked site data. */
export async function openIndexedDb(factory: IDBFactory | undefined = globalThis.indexedDB): Promise<Backend> {
  if (!factory) throw new Error('no IndexedDB');
  return new IndexedDbBackend(await openDatabase(factory));
}

class IndexedDbBackend implements Backend {
  private readonly database: IDBDatabase;

  constructor(database: IDBDatabase) {
    this.database = database;
    // Another tab with a newer Queuescope wants to change the shape: it must not wait for this one.
    database.addEventListener('versionchange', () => database.close());
  }

  async heads(): Promise<readonly StoredHead[]> {
    return request(this.database.transaction(HEADS).objectStore(HEADS).getAll()) as Promise<StoredHead[]>;
  }

  async get(id: string): Promise<Stored | undefined> {
    const transaction = this.database.transaction([HEADS, RUNS]);
    const [head, body] = await Promise.all([
      request(transaction.objectStore(HEADS).get(id)) as Promise<StoredHead | undefined>,
      request(transaction.objectStore(RUNS).get(id)) as Promise<{ readonly run: unknown } | undefined>,
    ]);
    return head && { ...head, run: body?.run };
  }

  async put({ run, ...head }: Stored, expected: number): Promise<boolean> {
    const transaction = this.database.transaction([HEADS, RUNS], 'readwrite');
    const done = completed(transaction);
    // If reading fails, that is the answer; the end of the transaction must not go unheard, too.
    done.catch(() => undefined);
    const heads = transaction.objectStore(HEADS);
    const old = (await request(heads.get(head.id))) as StoredHead | undefined;
    const isExpected = (old?.revision ?? 0) === expected;
    if (isExpected) {
      heads.put(head);
      transaction.objectStore(RUNS).put({ id: head.id, run });
    }
    await done;
    return isExpected;
  }

  async remove(id: string): Promise<void> {
    const transaction = this.database.transaction([HEADS, RUNS], 'readwrite');
    transaction.objectStore(HEADS).delete(id);
    transaction.objectStore(RUNS).delete(id);
    await completed(transaction);
  }
}

function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  const opening = factory.open(DATABASE, VERSION);
  opening.addEventListener('upgradeneeded', () => {
    opening.result.createObjectStore(HEADS, { keyPath: 'id' });
    opening.result.createObjectStore(RUNS, { keyPath: 'id' });
  });
  return request(opening);
}

function request<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.addEventListener('success', () => resolve(asked.result));
    asked.addEventListener('error', () => reject(asked.error));
  });
}

/** Work is kept only when the whole transaction is: a full disk shows itself at its end. */
function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')));
  });
}
