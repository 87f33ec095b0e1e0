// npm test: sets everything up and runs every check: types, lint, tidy and unit tests and laws, conformance, journeys.
// Its last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, ROOT, run } from './install.mjs';

ensureInstalled();
const scratch = mkdtempSync(join(tmpdir(), 'queuescope-test-'));
const totals = { passed: 0, failed: 0 };

function count(passed, failed) {
  totals.passed += passed;
  totals.failed += failed;
}

function heading(text) {
  console.log(`\n── ${text}`);
}

/** A check that is right or wrong as a whole. */
function single(name, command, args) {
  heading(name);
  const isRight = run(command, args) === 0;
  count(isRight ? 1 : 0, isRight ? 0 : 1);
  return isRight;
}

/** The runner's own report; a runner that died without one counts as a failure. */
function report(file, read, exitCode) {
  try {
    const { passed, failed } = read(JSON.parse(readFileSync(file, 'utf8')));
    count(passed, failed === 0 && exitCode !== 0 ? 1 : failed);
  } catch (error) {
    console.error(`No report: ${error.message}`);
    count(0, 1);
  }
}

function units() {
  heading('tidy, units, laws');
  const file = join(scratch, 'vitest.json');
  const code = run('npx', ['vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]);
  report(
    file,
    (r) => ({ passed: r.numPassedTests, failed: r.numFailedTests + r.numFailedTestSuites * Number(r.numFailedTests === 0) }),
    code,
  );
}

function conformance() {
  heading('conformance');
  const args = ['--import', 'tsx', 'src/cli/conformance.ts', '--json', 'src/conformance/recordings'];
  const done = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 });
  try {
    const result = JSON.parse(done.stdout);
    for (const c of result.cases.filter((c) => c.status === 'failed')) console.log(`  ✗ ${c.system} ${c.topic} ${c.name}: ${c.why}`);
    console.log(`  ${result.passed} passed, ${result.failed} failed, ${result.notModelled} not modelled`);
    count(result.passed, result.failed);
  } catch {
    console.error(done.stderr);
    count(0, 1);
  }
}

async function journeys() {
  heading('journeys in a browser');
  const { provideBrowser } = await import('./browser.mjs');
  provideBrowser();
  const { preview } = await import('vite');
  const server = await preview({ root: ROOT, logLevel: 'warn', preview: { host: '127.0.0.1', port: 0 } });
  const { port } = server.httpServer.address();
  const file = join(scratch, 'playwright.json');
  const env = { ...process.env, BASE_URL: `http://127.0.0.1:${port}/`, PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  // Asynchronous on purpose: this very process serves the pages.
  const { spawn } = await import('node:child_process');
  const child = spawn('npx', ['playwright', 'test', '-c', 'e2e', '--reporter=line,json'], {
    cwd: ROOT,
    stdio: 'inherit',
    env,
    shell: process.platform === 'win32',
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  report(file, (r) => ({ passed: r.stats.expected + r.stats.flaky, failed: r.stats.unexpected + r.errors.length }), code);
  await server.close();
}

single('types', 'npm', ['run', '--silent', 'typecheck']);
single('lint', 'npm', ['run', '--silent', 'lint']);
units();
conformance();
if (single('build', 'npm', ['run', '--silent', 'build'])) await journeys();
rmSync(scratch, { recursive: true, force: true });
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 ? 0 : 1);
