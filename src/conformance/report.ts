import type { Verdict } from './format.ts';

export interface Case {
  readonly system: string;
  /** Topic of a recording, file of a vector. */
  readonly topic: string;
  readonly name: string;
  readonly status: Verdict['status'];
  readonly why?: string;
}

export interface Report {
  readonly passed: number;
  readonly failed: number;
  readonly notModelled: number;
  readonly cases: readonly Case[];
}

export function reportOf(cases: readonly Case[]): Report {
  const count = (status: Case['status']) => cases.filter((one) => one.status === status).length;
  return { passed: count('passed'), failed: count('failed'), notModelled: count('not-modelled'), cases };
}

/** A row for each system and topic, then what failed and why the rest is not modelled. */
export function reportText(report: Report): string {
  const rows = new Map<string, Case[]>();
  for (const one of report.cases) {
    const key = `${one.system}\0${one.topic}`;
    const row = rows.get(key);
    if (row) row.push(one);
    else rows.set(key, [one]);
  }
  const lines = [line('system', 'topic', 'passed', 'failed', 'not modelled')];
  for (const key of [...rows.keys()].sort()) {
    const [system, topic] = key.split('\0') as [string, string];
    const { passed, failed, notModelled } = reportOf(rows.get(key) as Case[]);
    lines.push(line(system, topic, String(passed), String(failed), String(notModelled)));
  }
  lines.push(line('all', '', String(report.passed), String(report.failed), String(report.notModelled)));
  const failures = report.cases.filter((one) => one.status === 'failed');
  if (failures.length > 0) lines.push('', 'Failed:', ...failures.map((one) => `  ${one.system} ${one.topic} ${one.name}: ${one.why}`));
  lines.push(...reasons(report.cases));
  return `${lines.join('\n')}\n`;
}

function line(system: string, topic: string, ...counts: readonly string[]): string {
  return [system.padEnd(16), topic.padEnd(34), ...counts.map((count) => count.padStart(12))].join(' ').trimEnd();
}

function reasons(cases: readonly Case[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { status, system, why } of cases) {
    if (status !== 'not-modelled') continue;
    const key = `${system}: ${why}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return ['', 'Not modelled:', ...sorted.map(([why, count]) => `${String(count).padStart(6)}  ${why}`)];
}
