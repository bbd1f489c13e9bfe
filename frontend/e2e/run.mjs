// Runs the flows in Chromium against a real `kontor serve` on a temporary workspace.
//   KONTOR_BIN=path/to/kontor npm run e2e [-- name of a spec …]
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from './kit.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const bin = process.env.KONTOR_BIN;
if (!bin) {
  process.stderr.write('Set KONTOR_BIN to the kontor program.\n');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'kontor-e2e-'));
const workspace = join(folder, 'workspace');

function must(args) {
  const run = spawnSync(bin, ['--workspace', workspace, ...args], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`kontor ${args.join(' ')}: ${run.stderr || run.stdout}`);
}

/** Starts the browser door and waits for the line with the one-time link. */
function serve() {
  const server = spawn(bin, ['--workspace', workspace, 'serve', '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  server.stderr.on('data', (data) => process.stderr.write(data));
  return new Promise((resolve, reject) => {
    server.on('exit', (code) => reject(new Error(`kontor serve ended with ${code}: ${said}`)));
    server.stdout.on('data', (data) => {
      said += data;
      const link = /http:\/\/\S+\/#\/open\?key=\S+/.exec(said)?.[0];
      if (link) resolve({ server, link });
    });
  });
}

/** The link is spent by a browser, as people do it; its session then serves all specs. */
async function enter(link, state) {
  const browser = await launch();
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('heading', { level: 1, name: 'Companies' }).waitFor();
  if (page.url().includes('key=')) throw new Error('The key of the one-time link stayed in the address.');
  await context.storageState({ path: state });
  const second = await (await browser.newContext()).newPage();
  await second.goto(link);
  await second.getByRole('heading', { name: 'This link has been used' }).waitFor();
  await browser.close();
}

let status = 1;
let running;
try {
  must([
    'init',
    '--company',
    'Harbor Trading',
    '--currency',
    'EUR',
    '--country',
    'DE',
    '--language',
    'en',
    '--timezone',
    'Europe/Berlin',
    '--owner',
    'Ines Okafor',
  ]);
  running = await serve();
  const state = join(folder, 'state.json');
  await enter(running.link, state);
  const wanted = process.argv.slice(2);
  const specs = readdirSync(here)
    .filter((f) => f.endsWith('.spec.mjs') && (wanted.length === 0 || wanted.some((w) => f.startsWith(w))))
    .map((f) => join(here, f));
  const tests = spawn(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=spec', ...specs], {
    stdio: 'inherit',
    env: { ...process.env, KONTOR_URL: new URL(running.link).origin, KONTOR_STATE: state },
  });
  // Whoever stops the run stops the specs; the server and the folder are cleared up below all the same.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => tests.kill(signal));
  status = await new Promise((resolve) => tests.on('exit', (code) => resolve(code ?? 1)));
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
} finally {
  if (running) {
    running.server.removeAllListeners('exit');
    const ended = new Promise((resolve) => running.server.on('exit', resolve));
    running.server.kill('SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}
process.exit(status);
