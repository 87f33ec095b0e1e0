// Finds a Chromium for the journeys, or provides one: environment variable, Playwright's own, the system's, then an
// installation. Nothing here runs outside `npm test` and `npm run bench`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const KNOWN = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome'],
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: ['C:/Program Files/Google/Chrome/Application/chrome.exe', 'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe'],
};

/** A path, '' for Playwright's own build, or undefined. */
export function findBrowser() {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) {
    if (!existsSync(wanted)) throw new Error(`CHROMIUM_PATH=${wanted} does not exist.`);
    return wanted;
  }
  if (existsSync(chromium.executablePath())) return '';
  return (KNOWN[process.platform] ?? []).find((path) => existsSync(path));
}

function attempt(command, args) {
  console.log(`$ ${command} ${args.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: 'inherit', timeout: 600_000, shell: process.platform === 'win32', env }).status === 0;
}

const isRoot = () => process.getuid?.() === 0;

function fromDebian() {
  if (!isRoot() || !existsSync('/usr/bin/apt-get')) return false;
  const options = ['-q', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2'];
  for (let tries = 0; tries < 3; tries++) {
    attempt('apt-get', [...options, 'update']);
    if (attempt('apt-get', [...options, 'install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'])) return true;
  }
  return false;
}

function fromPlaywright() {
  return attempt('npx', ['playwright', 'install', 'chromium', ...(isRoot() ? ['--with-deps'] : [])]);
}

/** As findBrowser, but installs one if there is none. */
export function provideBrowser() {
  const found = findBrowser();
  if (found !== undefined) return found;
  // Debian's package brings its libraries; Ubuntu's of the same name is a snap stub that does not run in containers.
  const isDebian = existsSync('/etc/debian_version') && !existsSync('/etc/lsb-release');
  for (const way of isDebian ? [fromDebian, fromPlaywright] : [fromPlaywright, fromDebian]) {
    if (!way()) continue;
    const provided = findBrowser();
    if (provided !== undefined) return provided;
  }
  throw new Error('No Chromium found. Install Chrome or Chromium, set CHROMIUM_PATH, or run: npx playwright install --with-deps chromium');
}

/** Options that work as root, in containers and on desktops alike. */
export function launchOptions() {
  const path = findBrowser();
  const isBoxed = isRoot() || process.env.CI;
  return {
    ...(path ? { executablePath: path } : {}),
    args: [
      ...(isBoxed ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}
