// SPDX-License-Identifier: MPL-2.0
// The real host with the demo towns, on a port and in a folder of its own; its processes can be killed.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openClock } from './clock/clock.mjs';

const SOURCE = new URL('../..', import.meta.url).pathname;
const BUILD = process.env.VICHE_BUILD || join(SOURCE, 'build');

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/* Waits until `ready` gives something true; `what` tells what did not happen. */
export async function until(what, ready, seconds = 15) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await ready();
    if (value) return value;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await sleep(50);
  }
}

/* What the command line says. */
function command(folder, verb, ...words) {
  const where = ['--config', join(folder, 'conf/viche.ini'), '--data', join(folder, 'data')];
  const done = spawnSync(join(BUILD, 'core/viche'), [verb, ...where, ...words], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`viche ${verb} ${words.join(' ')}: ${done.stdout}${done.stderr}`);
  return done.stdout;
}

function importSamples(folder) {
  const samples = join(SOURCE, 'conf/samples/kryzhopil');
  for (const name of readdirSync(samples)) command(folder, 'import', 'kryzhopil', name.replace('.csv', ''), join(samples, name));
}

/* sites: origins that may embed the widget; prepare: changes the configuration before the host reads it; begins: when it is in this town,
 * then `town.clock` moves it */
export async function openTown(sites = '', prepare = () => {}, begins = null) {
  const folder = mkdtempSync(join(tmpdir(), 'viche-town-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  cpSync(join(SOURCE, 'conf'), join(folder, 'conf'), { recursive: true });
  const ini = join(folder, 'conf/towns/kryzhopil.ini');
  writeFileSync(ini, readFileSync(ini, 'utf8').replace(/^\[web\]$/m, `[web]\nsites = ${sites || origin}`));
  const host = join(folder, 'conf/viche.ini');
  writeFileSync(
    host,
    readFileSync(host, 'utf8').replace(/^(requests-minute|messages-minute|chats-hour) = .*$/gm, '$1 = 10000'),
  );
  prepare(folder, origin);

  const args = [
    '--config',
    join(folder, 'conf/viche.ini'),
    '--listen',
    `127.0.0.1:${port}`,
    '--data',
    join(folder, 'data'),
    '--plugins',
    `${join(BUILD, 'plugins')}:${join(BUILD, 'tests/plugins')}`,
    '--share',
    join(BUILD, 'share'),
  ];
  const log = [];
  const clock = begins && openClock(folder, BUILD, begins);
  const viched = spawn(join(BUILD, 'core/viched'), args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...clock?.env } });
  for (const pipe of [viched.stdout, viched.stderr]) pipe.on('data', (bytes) => log.push(String(bytes)));
  const ended = new Promise((resolve) => viched.on('exit', resolve));

  const ready = () =>
    fetch(`${origin}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
  /* Returns its exit code. */
  const close = async () => {
    viched.kill('SIGTERM');
    const code = await Promise.race([ended, sleep(10000, 'still there', { ref: false })]);
    viched.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    return code;
  };
  try {
    await until('the host is ready', async () => viched.exitCode !== null || (await ready()));
    if (viched.exitCode !== null) throw new Error('the host ended');
    importSamples(folder);
  } catch (error) {
    await close();
    error.message += `\n${log.join('')}`;
    throw error;
  }

  /* Children of the supervisor whose command line names the role. */
  const children = (role) =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => {
        try {
          const parent = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /s, '').split(' ')[1]);
          return parent === viched.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(role);
        } catch {
          return false; // ended meanwhile
        }
      });

  return {
    folder,
    origin,
    clock,
    pids: children,
    viche: (verb, ...words) => command(folder, verb, ...words),
    reload: () => viched.kill('SIGHUP'),
    address: `${origin}/kryzhopil/`,
    log,
    ready,
    kill: (role) => {
      const pids = children(role);
      if (pids.length === 0) throw new Error(`the supervisor has no ${role}`);
      for (const pid of pids) process.kill(pid, 'SIGKILL');
    },
    close,
  };
}
