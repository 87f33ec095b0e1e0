// Installs the locked dependencies when they are missing or the lock file has changed. Plain JavaScript without
// dependencies: it runs on a machine where nothing is installed yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const STAMP = `${ROOT}node_modules/.installed-lock`;

/** Runs a command with its output on ours; returns its exit code. */
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32', ...options });
  if (done.error) throw done.error;
  return done.status ?? 1;
}

export function ensureNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 20) return;
  console.error(`Queuescope needs Node 20 or newer; this is ${process.version}. Get one at https://nodejs.org.`);
  process.exit(1);
}

export function ensureInstalled() {
  ensureNode();
  const lock = createHash('sha256')
    .update(readFileSync(`${ROOT}package-lock.json`))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return;
  console.log('Installing dependencies (once) …');
  // The build tools are development dependencies: they are needed whatever NODE_ENV says.
  if (run('npm', ['ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error']) !== 0) {
    console.error('Installing failed. Check the network connection to the npm registry and try again.');
    process.exit(1);
  }
  writeFileSync(STAMP, lock);
}
