// A few flows in the real window, by real keys, on a screen of its own.
//   KONTOR_BIN=build with the tags desktop and devtools, KONTOR_SHOT=picture.png node e2e/window.mjs
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inspect, pause, until } from './inspector.mjs';
import { workbook } from './workbook.mjs';

const bin = resolve(process.env.KONTOR_BIN ?? '');
const folder = mkdtempSync(join(tmpdir(), 'kontor-window-'));
const env = { ...process.env, HOME: folder, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', XDG_SESSION_TYPE: 'x11' };
for (const name of ['WAYLAND_DISPLAY', 'KONTOR_WORKSPACE', 'XAUTHORITY', 'DESKTOP_STARTUP_ID']) delete env[name];
for (const name of ['CONFIG_HOME', 'DATA_HOME', 'CACHE_HOME', 'RUNTIME_DIR']) {
  env[`XDG_${name}`] = join(folder, name);
  mkdirSync(env[`XDG_${name}`], { mode: 0o700 });
}
const workspace = join(env.XDG_DATA_HOME, 'kontor');
const started = [];

/** Starts a process that this script stops again. */
function start(command, args, options = {}) {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  child.said = '';
  child.stderr?.on('data', (data) => (child.said += data));
  child.ended = new Promise((done) => child.on('exit', (code, signal) => done(code ?? signal)));
  started.push(child);
  return child;
}

const line = (stream) => new Promise((done) => stream.once('data', (data) => done(String(data).trim())));
const xdotool = (...args) => execFileSync('xdotool', args, { env, encoding: 'utf8' }).trim();
const press = (...keys) => xdotool('key', '--delay', '40', ...keys);
const type = (text) => xdotool('type', '--delay', '15', text);
const kontor = (...args) => saying('', ...args);
const saying = (input, ...args) => {
  const run = spawnSync(bin, args, { env, input, encoding: 'utf8', timeout: 30_000 });
  assert.equal(run.status, 0, `kontor ${args.join(' ')}: ${run.stderr}`);
  return run.stdout;
};
const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

async function screen() {
  const server = start('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  env.DISPLAY = `:${await line(server.stdio[3])}`;
  start('openbox', []);
  const bus = start('dbus-daemon', ['--session', '--nofork', '--print-address']);
  env.DBUS_SESSION_BUS_ADDRESS = await line(bus.stdout);
  await until('the window manager', () => {
    const root = spawnSync('xprop', ['-root', '_NET_SUPPORTING_WM_CHECK'], { env, encoding: 'utf8' });
    return root.stdout.includes('window id');
  });
}

/** Opens the window and measures how long it takes until its list can be used. */
async function open(ready) {
  const port = await freePort();
  const began = performance.now();
  const program = start(bin, [], { env: { ...env, WEBKIT_INSPECTOR_HTTP_SERVER: `127.0.0.1:${port}` } });
  const page = await Promise.race([
    inspect(port),
    program.ended.then((code) => assert.fail(`${code}: ${program.said}`)),
  ]);
  await until('the list', () => page.evaluate(ready));
  const seconds = (performance.now() - began) / 1000;
  const shows = (what, expression) => until(what, () => page.evaluate(expression));
  return { program, page, seconds, shows };
}

/** Ends it as people do, by Ctrl+Q. */
async function quit({ program, page }) {
  page.close();
  press('ctrl+q');
  const slow = setTimeout(() => program.kill('SIGKILL'), 20_000);
  const code = await program.ended;
  clearTimeout(slow);
  assert.equal(code, 0, `The window ended with ${code}: ${program.said}`);
  assert.doesNotMatch(program.said, /SIGSEGV|fatal error|panic/);
  assert.ok(!existsSync(join(workspace, 'kontor.door')), 'the workspace is not closed');
}

const heading = (text) => `[...document.querySelectorAll('h1')].some((h) => h.textContent === ${JSON.stringify(text)})`;
const contains = (selector, text) =>
  `[...document.querySelectorAll(${JSON.stringify(selector)})].some((e) => e.textContent.includes(${JSON.stringify(text)}))`;
const focusInside = (selector) => `!!document.activeElement?.closest(${JSON.stringify(selector)})`;

const button = (name) =>
  `[...document.querySelectorAll('button')].find((b) => b.textContent.trim() === ${JSON.stringify(name)} && !b.disabled)`;

const windowId = () => xdotool('search', '--onlyvisible', '--name', '^My company$').split('\n').at(-1);

const inFront = (id) =>
  until(
    'the window in front',
    () => spawnSync('xdotool', ['getactivewindow'], { env, encoding: 'utf8' }).stdout.trim() === id,
  );

/** Answers the system's dialog for a file with a path, and goes back to the window. */
async function answerFile(path, window) {
  const dialog = await until('the dialog for a file', () =>
    spawnSync('xdotool', ['search', '--onlyvisible', '--class', 'kontor'], { env, encoding: 'utf8' })
      .stdout.split('\n')
      .filter(Boolean)
      .find((w) =>
        spawnSync('xprop', ['-id', w, 'WM_WINDOW_ROLE'], { env, encoding: 'utf8' }).stdout.includes('GtkFileChooser'),
      ),
  );
  xdotool('windowfocus', '--sync', dialog);
  press('ctrl+a');
  type(path);
  press('Return');
  await inFront(window);
}

/** Drags files out of a window of their own and drops them in the middle of the page. */
async function drop(...files) {
  const source = start(join(folder, 'drag'), files);
  const from = await until('the files to drag', () =>
    spawnSync('xdotool', ['search', '--onlyvisible', '--name', '^Files to drag$'], {
      env,
      encoding: 'utf8',
    }).stdout.trim(),
  );
  xdotool('mousemove', '--window', from, '30', '30', 'mousedown', '1');
  // A drag begins after some way, and a page hears of it while it moves.
  for (let step = 0; step <= 20 && source.exitCode === null; step++) {
    xdotool('mousemove', '--sync', String(600 + step), String(450 + step));
    await pause(50);
  }
  xdotool('mouseup', '1');
  await until('the end of the drag', () => source.exitCode !== null);
}

let status = 1;
try {
  await screen();

  // The very first start makes a workspace, and a company is made in it by keys.
  const first = await open(heading('Today'));
  assert.equal(await first.page.evaluate('window.location.protocol'), 'wails:');
  const id = windowId();
  xdotool('windowfocus', '--sync', id);
  press('ctrl+n');
  await first.shows('the dialog of the menu', focusInside('[role=dialog] input'));
  type('Harbour & Söhne');
  press('ctrl+Return');
  await first.shows('the saved company', heading('Harbour & Söhne'));

  // It can be found, and the command line sees it beside the open window, and the window what the line does.
  assert.match(kontor('list', 'company'), /Harbour & Söhne/);
  kontor('new', 'company', 'name=From The Line');
  press('ctrl+k');
  await first.shows('the palette', focusInside('[role=dialog]'));
  type('sohne');
  await first.shows('the hit', contains('[role=option]', 'Harbour & Söhne'));
  press('Escape');
  await first.shows('no palette', "!document.querySelector('[role=dialog]')");
  press('g', 'c');
  await first.shows('the new row', contains('[role=row]', 'From The Line'));
  press('F1');
  await first.shows('the keys', contains('[role=dialog]', 'Keys'));
  press('Escape');
  if (process.env.KONTOR_SHOT) execFileSync('import', ['-window', 'root', process.env.KONTOR_SHOT], { env });

  const run = async (words, command) => {
    press('ctrl+k');
    await first.shows('the palette', focusInside('[role=dialog]'));
    type(words);
    await first.shows(command, contains('[role=option][aria-selected=true]', command));
    press('Return');
    await first.shows('no palette', "!document.querySelector('[role=dialog]')");
  };
  const click = async (name) => {
    await first.shows(name, `!!${button(name)}`);
    await first.page.evaluate(`${button(name)}.click()`);
  };

  // A spreadsheet comes in by the system's dialog.
  const sheet = join(folder, 'customers.xlsx');
  writeFileSync(
    sheet,
    workbook([
      ['Company', 'E-mail', 'City'],
      ['Kaya Kaffee', 'info@kaya.example', 'Bremen'],
    ]),
  );
  await run('import compan', 'Import companies');
  await click('Choose file');
  await answerFile(sheet, id);
  for (const [title, name] of [
    ['Is this the right table?', 'Next'],
    ['Which column fills which field?', 'Next'],
    ['What if a record is there already?', 'Next'],
    ['This is what would happen', 'Import 1 company'],
  ]) {
    await first.shows(title, contains('h2', title));
    await click(name);
  }
  await first.shows('the import', contains('h2', 'The import is done'));

  // What is written is kept: a note, and a quotation whose paper goes out by the system's dialog.
  press('g', 'c');
  await first.shows('the imported company', contains('[role=row]', 'Kaya Kaffee'));
  await run('kaya', 'Kaya Kaffee');
  await first.shows('its page', heading('Kaya Kaffee'));
  press('n');
  await first.shows('the composer', focusInside('[data-composer]'));
  type('Wants twelve desks.');
  press('ctrl+Return');
  await first.shows('the note', contains('li', 'Wants twelve desks.'));
  press('Escape');

  // Files dropped on the page are kept; what cannot be is told; where nothing takes them, the page stays.
  const plan = join(folder, 'Plan <ä> & "Halle".txt');
  writeFileSync(plan, 'Twelve desks by the window.');
  execFileSync('sh', [
    '-c',
    'cc "$0" -o "$1" $(pkg-config --cflags --libs gtk+-3.0)',
    join(import.meta.dirname, 'drag.c'),
    join(folder, 'drag'),
  ]);
  await drop(plan, folder);
  await first.shows('the dropped file', contains('section[aria-label="Files"] li', '27 byte'));
  await first.shows('why a folder is not taken', contains('[role=alert]', 'is a folder'));
  await first.page.evaluate(`document.querySelector('section[aria-label="Files"] li button').click()`);
  await first.shows('its preview', contains('[role=dialog]', 'Twelve desks by the window.'));
  assert.ok(
    (await first.page.evaluate(`document.querySelector('[role=dialog] pre').parentElement.offsetHeight`)) > 300,
  );
  press('Escape');
  await first.shows('no preview', "!document.querySelector('[role=dialog]')");
  press('g', 's');
  await first.shows('a page without a place for files', heading('Settings'));
  await drop(plan);
  assert.equal(await first.page.evaluate('window.location.hash'), '#/settings');
  const draft = JSON.parse(
    saying(
      JSON.stringify({ company: 'Kaya Kaffee', lines: [{ text: 'Desk', quantity: '12', price: '649', tax: '19' }] }),
      '--json',
      'quote',
      'new',
    ),
  );
  kontor('quote', 'finalise', draft.id);
  const number = JSON.parse(kontor('--json', 'quote', 'show', draft.id)).number;
  press('g', 'q');
  await first.shows('the quotation', contains('[role=row]', number));
  await run(number, number);
  await click('Save PDF');
  const paper = join(folder, 'paper.pdf');
  await answerFile(paper, id);
  await until('the paper', () => existsSync(paper) && readFileSync(paper).includes('%%EOF'));
  assert.equal(readFileSync(paper).subarray(0, 5).toString(), '%PDF-');

  // The list goes out to Excel; taken in again, it changes nothing.
  press('g', 'c');
  await first.shows('the list', heading('Companies'));
  await run('export excel', 'Export this list to Excel');
  const list = join(folder, 'list.xlsx');
  await answerFile(list, id);
  await until('the list', () => existsSync(list));
  assert.match(kontor('import', list, '--kind', 'company', '--dry-run'), /3 unchanged|unchanged\D+3/);

  // A second start brings the window forward and ends.
  xdotool('windowminimize', '--sync', id);
  kontor();
  await inFront(id);

  xdotool('windowsize', '--sync', id, '1100', '700');
  await pause(200);
  await quit(first);
  const place = JSON.parse(readFileSync(join(env.XDG_CONFIG_HOME, 'kontor', 'window.json'), 'utf8'));
  assert.deepEqual([place.width, place.height], [1100, 700]);

  // The next start finds all as it was.
  const second = await open(contains('[role=row]', 'Harbour & Söhne'));
  xdotool('windowfocus', '--sync', windowId());
  assert.equal(await second.page.evaluate('window.innerWidth'), 1100);
  process.stdout.write(
    `The window shows its list ${second.seconds.toFixed(2)} s after its start (first start ${first.seconds.toFixed(2)} s).\n`,
  );
  await quit(second);
  status = 0;
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  if (env.DISPLAY && process.env.KONTOR_SHOT)
    spawnSync('import', ['-window', 'root', process.env.KONTOR_SHOT], { env });
  for (const { spawnfile, said } of started) if (said) process.stderr.write(`${spawnfile}: ${said}\n`);
} finally {
  for (const child of started.reverse()) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await child.ended;
  }
  rmSync(folder, { recursive: true, force: true });
}
process.exit(status);
