/** Width and height of the drawing's own coordinates; the picture stretches to the time line. */
export const HISTOGRAM = { width: 1000, height: 32, buckets: 80 } as const;

/** Adds up the facts per bucket of all sides of a pair. */
export function sumDensities(densities: readonly Uint32Array[]): Uint32Array {
  const sum = new Uint32Array(HISTOGRAM.buckets);
  for (const density of densities) {
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (density[i] ?? 0);
  }
  return sum;
}

/**
 * Path of the bars. Heights go by the square root: a burst of a thousand facts must not press the single deliveries
 * around it to nothing.
 */
export function barsPath(density: Uint32Array): string {
  let most = 0;
  for (const count of density) most = Math.max(most, count);
  if (most === 0) return '';
  const step = HISTOGRAM.width / density.length;
  const width = step * 0.62;
  let path = '';
  for (let i = 0; i < density.length; i++) {
    const count = density[i] ?? 0;
    if (count === 0) continue;
    const height = Math.max(2, Math.sqrt(count / most) * HISTOGRAM.height);
    path += `M${(i * step + step * 0.19).toFixed(1)} ${HISTOGRAM.height}v${(-height).toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}z`;
  }
  return path;
}

const STEPS_SECONDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600];
const TICKS_MAX = 9;

/** Times in seconds to write under the line: round numbers, few enough to read. */
export function ticksOf(endSeconds: number): readonly number[] {
  const step = STEPS_SECONDS.find((candidate) => endSeconds / candidate <= TICKS_MAX) ?? Math.ceil(endSeconds / TICKS_MAX / 3600) * 3600;
  const ticks: number[] = [];
  for (let i = 0; i * step <= endSeconds; i++) ticks.push(Number((i * step).toFixed(1)));
  return ticks;
}
