/** The area under a stepped line, from the left up to where values end. */
export function sparkPath(values: readonly (number | null)[], most: number, width: number, height: number): string {
  const step = width / Math.max(1, values.length);
  const top = Math.max(1, most);
  let path = `M0 ${height}`;
  let x = 0;
  let last = Number.NaN;
  for (const value of values) {
    if (value === null) break;
    const y = height - (value / top) * (height - 2);
    if (y !== last) path += `H${round(x)}V${round(y)}`;
    last = y;
    x += step;
  }
  return `${path}H${round(x)}V${height}Z`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
