import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Debian's package puts the scripts that start and ask a broker as whoever calls them. */
const BIN = '/usr/lib/rabbitmq/bin';
const NODE = 'queuescope@localhost';
/** Tries to reach the starting broker, a second and more apart. */
const STARTS_MAX = 40;
const POLICY = '/usr/sbin/policy-rc.d';

export interface Answer {
  readonly isDone: boolean;
  readonly output: string;
}

/** A RabbitMQ broker of one's own: own home, own data, own ports, on the loopback only. */
export interface RealBroker {
  readonly version: string;
  /** What `rabbitmqctl` answers. */
  ctl(...args: readonly string[]): Answer;
  /** A file in the broker's own folder. */
  file(name: string, content?: string): string;
  stop(): Promise<void>;
}

/** True when there is a RabbitMQ to start, installed if it can be: as root on Debian, the way `npm test` gets its browser. */
export function provideRabbitmq(): boolean {
  if (existsSync(`${BIN}/rabbitmq-server`)) return true;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get') || existsSync(POLICY)) return false;
  // Nothing that is installed may start by itself.
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options = ['-q', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', 'install', 'rabbitmq-server'];
    spawnSync('apt-get', options, { stdio: 'inherit', timeout: 300_000, env });
  } finally {
    rmSync(POLICY, { force: true });
  }
  return existsSync(`${BIN}/rabbitmq-server`);
}

/** Starts a broker and waits until it answers. */
export async function startBroker(): Promise<RealBroker> {
  const home = mkdtempSync(join(tmpdir(), 'queuescope-rabbitmq-'));
  const [amqp, distribution, mapper] = [await freePort(), await freePort(), await freePort()];
  writeFileSync(join(home, 'rabbitmq.conf'), `listeners.tcp.local = 127.0.0.1:${amqp}\n`);
  writeFileSync(join(home, 'enabled_plugins'), '[].\n');
  // Written beforehand, or server and client would each make one.
  writeFileSync(join(home, '.erlang.cookie'), randomBytes(16).toString('hex'), { mode: 0o400 });
  const env = {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: home,
    LANG: 'C.UTF-8',
    RABBITMQ_NODENAME: NODE,
    RABBITMQ_NODE_PORT: String(amqp),
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_CONFIG_FILE: join(home, 'rabbitmq'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(home, 'enabled_plugins'),
    RABBITMQ_MNESIA_BASE: join(home, 'data'),
    RABBITMQ_LOG_BASE: join(home, 'log'),
    RABBITMQ_PID_FILE: join(home, 'pid'),
    ERL_EPMD_PORT: String(mapper),
    ERL_EPMD_ADDRESS: '127.0.0.1',
  };
  // A group of its own, since what is started is a script that starts the broker; and what that may drop stays in its home.
  const server = spawn(`${BIN}/rabbitmq-server`, [], { env, cwd: home, stdio: 'ignore', detached: true });
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const ctl = (...args: readonly string[]): Answer => {
    const done = spawnSync(`${BIN}/rabbitmqctl`, ['-q', '-n', NODE, ...args], { env, encoding: 'utf8', timeout: 90_000 });
    return { isDone: done.status === 0, output: `${done.stdout}${done.status === 0 ? '' : done.stderr}` };
  };
  const stop = async () => {
    ctl('stop');
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 20_000))]);
    end(server);
    // The port mapper was started by the broker, under a port of its own, and outlives it.
    spawnSync('epmd', ['-port', String(mapper), '-kill'], { env, stdio: 'ignore' });
    rmSync(home, { recursive: true, force: true });
  };
  const file = (name: string, content?: string): string => {
    if (content !== undefined) writeFileSync(join(home, name), content);
    return join(home, name);
  };
  let started = ctl('await_startup', '--timeout', '60');
  // Until its node is known there is nobody to wait for.
  for (let tries = 0; !started.isDone && tries < STARTS_MAX && server.exitCode === null; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    started = ctl('await_startup', '--timeout', '60');
  }
  if (!started.isDone) {
    await stop();
    throw new Error(`RabbitMQ did not start: ${started.output}`);
  }
  return { version: ctl('eval', 'rabbit_misc:version().').output.replaceAll(/["\s]/g, ''), ctl, file, stop };
}

/** Ends a process and all that it has started, if any of it is still there. */
function end({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has gone by itself, as it should.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
