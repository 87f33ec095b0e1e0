/**
 * A function of an object that never changes, worked out once for each. The last answer is at hand without looking it up: what
 * many steps ask again and again is mostly asked about one object at a time.
 */
export function remembered<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  let lastKey: K | undefined;
  let last: { readonly value: V } | undefined;
  return (key) => {
    if (key === lastKey && last !== undefined) return last.value;
    let found = known.get(key);
    if (found === undefined) {
      found = { value: make(key) };
      known.set(key, found);
    }
    lastKey = key;
    last = found;
    return found.value;
  };
}
