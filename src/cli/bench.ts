import { builtRows } from './bench/built.ts';
import { definitionsRows } from './bench/definitions.ts';
import type { BenchRow } from './bench/row.ts';
import { stageRows } from './bench/stage.ts';

/** npm run bench [-- --json]: speeds as ratios within one run; absolute figures depend on the machine. */
async function main(): Promise<void> {
  const rows: readonly BenchRow[] = [...(await builtRows()), ...(await definitionsRows()), ...(await stageRows())];
  if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify(rows, undefined, 1)}\n`);
    return;
  }
  for (const row of rows) {
    const ratio = row.ratio === undefined ? '' : `   ${row.ratio.toFixed(2)} × ${row.reference}`;
    process.stdout.write(`${row.name.padEnd(64)} ${formatValue(row.value).padStart(12)} ${row.unit}${ratio}\n`);
  }
}

function formatValue(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

await main();
