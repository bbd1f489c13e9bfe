// Runs the flows in Chromium, each spec against a real `kontor serve` on a temporary workspace of its own, two at a time.
//   KONTOR_BIN=path/to/kontor npm run e2e [-- name of a spec …]
// KONTOR_SLOW=3 gives the pages a processor three times slower: what rests on luck then shows.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from './kit.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const bin = process.env.KONTOR_BIN;
if (!bin) {
  process.stderr.write('Set KONTOR_BIN to the kontor program.\n');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'kontor-e2e-'));
// Passwords of mailboxes go to neither the key ring nor the folders of whoever runs this.
const env = { ...process.env, XDG_CONFIG_HOME: join(folder, 'config') };
delete env.DBUS_SESSION_BUS_ADDRESS;
const running = new Set();
let stopped = false;

const ended = (child) => new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));

const house = {
  company: 'Harbor Trading',
  currency: 'EUR',
  country: 'DE',
  language: 'en',
  timezone: 'Europe/Berlin',
  owner: 'Ines Okafor',
};

function init(workspace) {
  const options = Object.entries(house).flatMap(([name, value]) => [`--${name}`, value]);
  const made = spawnSync(bin, ['--workspace', workspace, 'init', ...options], { encoding: 'utf8', env });
  if (made.status !== 0) throw new Error(`kontor init: ${made.stderr || made.stdout}`);
}

/** Starts the browser door and waits for the line with the one-time link. */
function serve(workspace) {
  const server = spawn(bin, ['--workspace', workspace, 'serve', '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  running.add(server);
  let said = '';
  server.stderr.on('data', (data) => process.stderr.write(data));
  return new Promise((resolve, reject) => {
    server.on('exit', (code) => {
      running.delete(server);
      reject(new Error(`kontor serve ended with ${code}: ${said}`));
    });
    server.stdout.on('data', (data) => {
      said += data;
      const link = /http:\/\/\S+\/#\/open\?key=\S+/.exec(said)?.[0];
      if (link) resolve({ server, link });
    });
  });
}

/** The link is spent by a browser, as people do it; its session then serves the spec. */
async function enter(link, state) {
  const browser = await launch();
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
  if (page.url().includes('key=')) throw new Error('The key of the one-time link stayed in the address.');
  await context.storageState({ path: state });
  const second = await (await browser.newContext()).newPage();
  await second.goto(link);
  await second.getByRole('heading', { name: 'This link has been used' }).waitFor();
  await browser.close();
}

/** Runs one spec and gives its exit code; what it says comes in one piece. */
async function run(spec) {
  const workspace = join(folder, basename(spec));
  const state = `${workspace}.json`;
  init(workspace);
  const { server, link } = await serve(workspace);
  await enter(link, state);
  const tests = spawn(process.execPath, ['--test', '--test-reporter=spec', spec], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, KONTOR_URL: new URL(link).origin, KONTOR_STATE: state },
  });
  running.add(tests);
  let said = '';
  tests.stdout.on('data', (data) => (said += data));
  const code = await ended(tests);
  running.delete(tests);
  process.stdout.write(`${basename(spec)}\n${said}\n`);
  const down = ended(server);
  server.kill('SIGTERM');
  await down;
  return code;
}

/** Whoever stops the run stops what it has started. */
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    stopped = true;
    for (const child of running) child.kill(signal);
  });

const wanted = process.argv.slice(2);
const specs = readdirSync(here)
  .filter((f) => f.endsWith('.spec.mjs') && (wanted.length === 0 || wanted.some((w) => f.startsWith(w))))
  .map((f) => join(here, f));
let status = specs.length > 0 ? 0 : 2;
async function work() {
  for (let spec = specs.shift(); spec && !stopped; spec = specs.shift()) {
    const code = await run(spec).catch((error) => {
      process.stderr.write(`${basename(spec)}: ${error.stack}\n`);
      return 1;
    });
    status ||= code;
  }
}
await Promise.all([work(), work()]);
for (const child of running) child.kill('SIGTERM');
rmSync(folder, { recursive: true, force: true });
process.exit(stopped ? 1 : status);
