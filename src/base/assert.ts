/** A programmer's mistake. It halts the run; the screen shows seed, time and link. */
export class AssertionError extends Error {
  override name = 'AssertionError';
}

export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** The same where each step passes: the message is only put together when it is needed. */
export function broken(message: string): never {
  throw new AssertionError(message);
}
