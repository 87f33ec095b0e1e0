/** Java's `String.hashCode`: what every client and broker agrees on when it looks for a group's coordinator. */
export function javaHashCode(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

/** The partition of `__consumer_offsets` (of `count`) whose leader coordinates the group. */
export function partitionFor(groupId: string, count: number): number {
  const hash = javaHashCode(groupId);
  // Kafka's own `abs`: the least integer has no positive twin and counts as 0.
  return (hash === -0x8000_0000 ? 0 : Math.abs(hash)) % count;
}

/**
 * The texts in the order in which a small Java HashMap gives them back. Ties among assignors are decided by it in the real
 * coordinator: it takes the first of the best ones that the map yields.
 */
export function javaMapOrder(texts: readonly string[]): string[] {
  let buckets = 16;
  while (texts.length > buckets * 0.75) buckets *= 2;
  const bucket = (text: string): number => {
    const hash = javaHashCode(text);
    return (hash ^ (hash >>> 16)) & (buckets - 1);
  };
  return texts
    .map((text, index) => ({ text, index, bucket: bucket(text) }))
    .sort((a, b) => a.bucket - b.bucket || a.index - b.index)
    .map((entry) => entry.text);
}
