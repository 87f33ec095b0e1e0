/** Expected failure is a value: what an author or a stranger's file did wrong comes back as `ok: false`. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}
export function fail<E>(error: E): Result<never, E> {
  return { ok: false, error };
}
