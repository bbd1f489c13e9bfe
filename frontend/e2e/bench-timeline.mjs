// Prints how long the page of a company with 5,000 timeline entries takes until its entries are on the screen.
//   KONTOR_BIN=path/to/kontor node e2e/bench-timeline.mjs [entries]
// It judges nothing. Beside it stands the same page without entries, as a floor.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from './kit.mjs';

const bin = process.env.KONTOR_BIN;
if (!bin) throw new Error('Set KONTOR_BIN to the kontor program.');
const entries = Number(process.argv[2] ?? 5000);
const runs = 15;
const folder = mkdtempSync(join(tmpdir(), 'kontor-bench-'));
const env = { ...process.env, XDG_CONFIG_HOME: join(folder, 'config') };
const workspace = join(folder, 'workspace');
const house = '--company=Bench --currency=EUR --country=DE --language=en --timezone=Europe/Berlin --owner=Ines';
const made = spawnSync(bin, ['--workspace', workspace, 'init', ...house.split(' ')], { encoding: 'utf8', env });
if (made.status !== 0) throw new Error(made.stderr);
const server = spawn(bin, ['--workspace', workspace, 'serve', '--listen', '127.0.0.1:0'], { env });
const link = await new Promise((resolve) => {
  let said = '';
  server.stdout.on('data', (data) => {
    said += data;
    const found = /http:\/\/\S+\/#\/open\?key=\S+/.exec(said)?.[0];
    if (found) resolve(found);
  });
});
const browser = await launch();

try {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  // What the page itself worked: on a busy machine the clock says more about the others.
  const inside = await page.context().newCDPSession(page);
  await inside.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async () =>
    (await inside.send('Performance.getMetrics')).metrics.find((m) => m.name === 'TaskDuration').value * 1000;
  await page.goto(link);
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
  const made = await page.evaluate(fill, entries);
  const go = (path) => page.evaluate((to) => window.location.assign(`#${to}`), path);
  for (const [name, id] of [
    ['floor: no entries', made.empty],
    [`${entries} entries`, made.full],
  ]) {
    const times = [];
    const cpu = [];
    for (let i = 0; i < runs; i++) {
      await go('/company');
      await page.locator('[role="grid"] [role="row"]').nth(1).waitFor();
      // Nothing of it is in memory: what a first visit asks for is asked for.
      await page.reload();
      await page.locator('[role="grid"] [role="row"]').nth(1).waitFor();
      const before = await worked();
      times.push(await page.evaluate(visit, `/company/${id}`));
      cpu.push((await worked()) - before);
    }
    const at = (list, share) =>
      list.toSorted((a, b) => a - b)[Math.min(Math.floor(list.length * share), list.length - 1)].toFixed(0);
    process.stdout.write(
      `${name.padEnd(20)} on screen after: median ${at(times, 0.5)} ms, best ${at(times, 0)} ms, worst ${at(times, 1)} ms; ` +
        `work of the page: median ${at(cpu, 0.5)} ms\n`,
    );
  }
} finally {
  await browser.close();
  server.kill('SIGTERM');
  await new Promise((resolve) => server.on('exit', resolve));
  rmSync(folder, { recursive: true });
}

/** In the page: makes a company without entries of others, and one with many notes, some of them long. */
async function fill(count) {
  const make = async (kind, values) => {
    const answer = await fetch(`/api/records/${kind}`, {
      method: 'POST',
      headers: { 'X-Kontor': '1', 'Content-Type': 'application/json' },
      body: JSON.stringify({ values }),
    });
    return (await answer.json()).record.id;
  };
  const empty = await make('company', { name: 'Without entries' });
  const full = await make('company', { name: 'With entries' });
  for (let i = 0; i < count; i += 10) {
    const ten = Array.from({ length: 10 }, (_, k) => i + k);
    await Promise.all(
      ten.map((n) =>
        make('note', {
          text: `Talk ${n} about **delivery**:\n- week ${n % 52}\n- [ ] by post\n\nAgreed.`,
          about: full,
        }),
      ),
    );
  }
  return { empty, full };
}

/** In the page: opens a record and says when its first entry and its card have been painted. */
function visit(path) {
  return new Promise((resolve) => {
    performance.mark('asked');
    const look = () => {
      if (!document.querySelector('#page [data-entry]')) return requestAnimationFrame(look);
      // The frame that shows it ends before the task after it begins.
      requestAnimationFrame(() => setTimeout(() => resolve(performance.measure('shown', 'asked').duration)));
    };
    window.location.assign(`#${path}`);
    requestAnimationFrame(look);
  });
}
