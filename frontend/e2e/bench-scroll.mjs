// Measures how a list of 200,000 companies scrolls, beside a list of plain divs scrolled in the same way.
//   KONTOR_BIN=path/to/kontor [KONTOR_FILLED=a workspace of before] node e2e/bench-scroll.mjs [rows]
// Prints the median and 95th percentile of the time between two frames, and how long a row in sight stood blank at most.
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { launch } from './kit.mjs';

const bin = process.env.KONTOR_BIN;
if (!bin) {
  process.stderr.write('Set KONTOR_BIN to the kontor program.\n');
  process.exit(2);
}
const count = Number(process.argv[2] ?? 200_000);
const folder = mkdtempSync(join(tmpdir(), 'kontor-scroll-'));
const filled = process.env.KONTOR_FILLED;
const workspace = filled ?? join(folder, 'workspace');
const rowHeight = 37;

function kontor(...args) {
  const done = spawnSync(bin, ['--workspace', workspace, ...args], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`kontor ${args[0]}: ${done.stderr || done.stdout}`);
}

async function fill() {
  const people = ['--company', 'Harbor Trading', '--owner', 'Ines Okafor'];
  kontor('init', ...people, ...['--currency', 'EUR', '--country', 'DE', '--language', 'en', '--timezone', 'UTC']);
  const names = ['Falcon', 'Zenith', 'Juniper', 'Lumen', 'Maple', 'Cobalt', 'Harbour', 'Quartz'];
  const towns = ['Hamburg;DE', 'Malmö;SE', 'Lyon;FR', 'Turin;IT', 'Leeds;GB', 'Cork;IE'];
  const file = createWriteStream(join(folder, 'companies.csv'));
  file.write('Name;Number;City;Country;E-mail\n');
  for (let i = 0; i < count; i += 1) {
    const line = `${names[(i * 7919) % 8]} Works ${i} GmbH;C-${i};${towns[(i * 31) % 6]};info@${i}.example\n`;
    if (!file.write(line)) await new Promise((resolve) => file.once('drain', resolve));
  }
  file.end();
  await finished(file);
  kontor('import', file.path, '--kind', 'company', '--on-match', 'create');
}

function serve() {
  const program = spawn(bin, ['--workspace', workspace, 'serve', '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  return new Promise((resolve, reject) => {
    program.on('exit', (code) => reject(new Error(`kontor serve ended with ${code}`)));
    program.stdout.on('data', (data) => {
      said += data;
      const link = /http:\/\/\S+\/#\/open\?key=\S+/.exec(said)?.[0];
      if (link) resolve({ program, link });
    });
  });
}

/** Runs in the page: notes every frame, and since when each row in sight, but for the heads of groups, has been blank. */
function watch([selector, height]) {
  const box = document.querySelector(selector);
  const head = box.querySelector('[role="columnheader"]') ? 34 : 0;
  const seen = { frames: [], blank: 0, on: true };
  const since = new Map();
  let before = performance.now();
  const frame = (now) => {
    seen.frames.push(now - before);
    before = now;
    const filled = new Set();
    for (const row of box.querySelectorAll('[data-row][data-id], [data-head]')) filled.add(Number(row.dataset.row));
    const first = Math.floor(box.scrollTop / height);
    const last = Math.floor((box.scrollTop + box.clientHeight - head - 1) / height);
    for (const index of since.keys()) if (index < first || index > last || filled.has(index)) since.delete(index);
    for (let index = first; index <= last; index += 1) {
      if (filled.has(index)) continue;
      if (!since.has(index)) since.set(index, now);
      seen.blank = Math.max(seen.blank, now - since.get(index));
    }
    if (seen.on) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  window.scrolled = seen;
}

/** Processor seconds of the process that draws the page: a busy machine does not blur them as it does times. */
async function used(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return metrics.find((m) => m.name === 'ProcessTime')?.value ?? 0;
}

async function measured(page, what, selector, scroll) {
  const before = await used(page);
  const servedBefore = served();
  await page.evaluate(watch, [selector, rowHeight]);
  await scroll();
  const { frames, blank } = await page.evaluate(() => {
    window.scrolled.on = false;
    return window.scrolled;
  });
  const cpu = ((await used(page)) - before) * 1000;
  const sorted = frames.slice(2).sort((a, b) => a - b);
  const at = (part) => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1).padStart(6);
  const line = `median ${at(0.5)} ms   p95 ${at(0.95)} ms   blank at most ${blank.toFixed(0).padStart(4)} ms`;
  const program = (served() - servedBefore).toFixed(0).padStart(5);
  process.stdout.write(
    `${what.padEnd(56)} ${line}   cpu ${(cpu / sorted.length).toFixed(1).padStart(5)} ms a frame, program ${program} ms in all\n`,
  );
}

/** The program that serves the page, once it runs. */
let server;

/** Milliseconds of processor time that the program has used, on Linux. */
function served() {
  try {
    const numbers = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(numbers[11]) + Number(numbers[12])) * 10;
  } catch {
    return 0;
  }
}

const filter = 'country in ("DE", "SE") and not email is empty';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The same three ways of scrolling for the list and for the floor. */
async function all(page, name, selector) {
  const box = page.locator(selector);
  const to = (part) => box.evaluate((element, at) => element.scrollTo(0, at * element.scrollHeight), part);
  await box.hover();
  await measured(page, `${name}, wheel`, selector, async () => {
    for (let i = 0; i < 150; i += 1) {
      await page.mouse.wheel(0, i % 50 < 40 ? 190 : -120);
      await pause(12);
    }
  });
  await measured(page, `${name}, wheel, far and fast`, selector, async () => {
    for (let i = 0; i < 150; i += 1) {
      await page.mouse.wheel(0, 1200);
      await pause(12);
    }
    await pause(300);
  });
  await measured(page, `${name}, jumps of the scroll bar`, selector, async () => {
    for (let i = 0; i < 25; i += 1) {
      await to(((i * 7919) % 1000) / 1000);
      await pause(350);
    }
  });
  await measured(page, `${name}, scroll bar dragged through`, selector, async () => {
    for (let i = 0; i <= 100; i += 1) {
      await to(i / 100);
      await pause(16);
    }
    await pause(400);
  });
}

/** A list of plain divs, as many as a screen needs, moved along by the scroll position. */
const floor = (rows, height) => `<!doctype html><style>
  body { margin: 0 } #floor { height: 100vh; overflow: auto; contain: strict } #all { position: relative; height: ${rows * height}px }
  #all div { position: absolute; top: 0; height: ${height - 1}px; width: 100%; border-bottom: 1px solid #ddd }
</style><div id="floor"><div id="all"></div></div><script>
  const box = document.getElementById('floor'), all = document.getElementById('all');
  const lines = Array.from({ length: 45 }, () => all.appendChild(document.createElement('div')));
  const draw = () => {
    const first = Math.max(0, Math.floor(box.scrollTop / ${height}) - 5);
    lines.forEach((line, i) => {
      const index = first + i;
      line.style.transform = 'translateY(' + index * ${height} + 'px)';
      line.textContent = 'Row ' + index;
      line.dataset.row = index;
      line.dataset.id = index;
    });
  };
  box.addEventListener('scroll', draw);
  draw();
</script>`;

try {
  if (!filled) await fill();
  const door = await serve();
  server = door.program;
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  process.stdout.write(`${count} rows, load of the machine ${loadavg()[0]?.toFixed(1)}\n`);
  await page.setContent(floor(count, rowHeight));
  await all(page, 'floor: plain divs', '#floor');
  await page.goto(door.link);
  await page.locator('#page h1').waitFor();
  for (const [name, path] of [
    ['companies', '/company'],
    ['by a filter', `/company?where=${encodeURIComponent(filter)}`],
    ['all by a filter, sorted', `/company?where=${encodeURIComponent('not email is empty')}&sort=-city`],
    ['containing a word', `/company?where=${encodeURIComponent('email ~ "7"')}&sort=-number,name`],
    ['in groups', '/company?group=city'],
    ['in groups by a filter, sorted', `/company?where=${encodeURIComponent(filter)}&sort=-number&group=city`],
  ]) {
    await page.goto(`${new URL(door.link).origin}/#${path}`);
    await page.locator('[id=grid-company] [data-id]').first().waitFor();
    await pause(1500); // as long as a person looks before they scroll
    await all(page, name, '[id=grid-company]');
  }
  process.stdout.write(`load of the machine ${loadavg()[0]?.toFixed(1)}\n`);
  await browser.close();
} finally {
  if (server) {
    server.removeAllListeners('exit');
    const gone = new Promise((resolve) => server.on('exit', resolve));
    server.kill('SIGTERM');
    await gone;
  }
  rmSync(folder, { recursive: true, force: true });
}
