import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { api, create, pages, read, toast } from './kit.mjs';
import { accessible } from './places.mjs';

const open = pages();
let day;
let company;

/** A day by its distance from the workspace's today. */
const far = (count) => {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
};

/** The same as people type it in Britain. */
const typed = (text) => text.split('-').reverse().join('/');
const patch = (kind, id, values) => api('PATCH', `/records/${kind}/${id}`, { values });

before(async () => {
  day = (await api('GET', '/session')).today;
  company = await create('company', { name: 'Berg Interiors Ltd' });
  await create('company', { name: 'Quarry Stone' });
  await create('person', { name: 'Ben Otieno' });
});

test('an empty day says what belongs here', async () => {
  const page = await open('/');
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
  await page.getByRole('heading', { name: 'Nothing waits today' }).waitFor();
  await page.getByRole('button', { name: 'New task' }).click();
  await page.waitForFunction(() => document.activeElement?.id === 'quick-task');
  assert.deepEqual(page.faults, []);
});

test('a task is made in one line, done, taken back and put off by keys', async () => {
  const page = await open('/today');
  const line = page.getByRole('textbox', { name: 'New task' });
  await line.fill('send the samples tomorrow at 9');
  await page.getByText('Tomorrow, 09:00').waitFor();
  await page.getByText('send the samples', { exact: true }).waitFor();
  await line.press('Enter');
  await toast(page, 'send the samples: Tomorrow').waitFor();
  const [made] = (await api('GET', '/records/task?where=text%20%3D%20%22send%20the%20samples%22')).rows;
  assert.deepEqual([made.due, made.time], [far(1), '09:00']);

  await line.fill('call Berg today');
  await line.press('Enter');
  const due = page.getByRole('region', { name: 'Due today' });
  const task = due.getByRole('link', { name: 'call Berg' });
  await task.waitFor();
  await line.press('ArrowDown');
  await page.waitForFunction(() => document.activeElement?.textContent === 'call Berg');
  await page.keyboard.press('Space');
  await task.waitFor({ state: 'detached' });
  const [row] = (await api('GET', '/records/task?where=text%20%3D%20%22call%20Berg%22')).rows;
  await toast(page, 'Done: call Berg').getByRole('button', { name: 'Undo' }).click();
  await task.waitFor();
  assert.equal((await read('task', row.id)).done ?? null, null);

  await task.focus();
  await page.keyboard.press('w');
  await task.waitFor({ state: 'detached' });
  await toast(page, 'call Berg: due').waitFor();
  const moved = await read('task', row.id);
  assert.ok(moved.due > day && new Date(`${moved.due}T12:00:00Z`).getUTCDay() === 1, moved.due);
  assert.deepEqual(page.faults, []);
});

test('a task is put off to a day that is picked, also where somebody was faster', async () => {
  const task = await create('task', { text: 'Order glaze', due: day });
  const page = await open('/today');
  const link = page.getByRole('link', { name: 'Order glaze' });
  await link.focus();
  // The page hears of a change at once: the one of somebody else has to come while its events are held back.
  await page.route('**/api/today', (route) => route.abort());
  await patch('task', task.id, { due: far(5) });
  await page.keyboard.press('d');
  await toast(page, 'Order glaze was changed meanwhile and is due').waitFor();
  await page.unroute('**/api/today');
  assert.equal((await read('task', task.id)).done ?? null, null);
  await patch('task', task.id, { due: day });
  await page.reload();
  await link.focus();
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog', { name: 'Put off: Order glaze' });
  await dialog.getByLabel('To this day').fill(typed(far(-1)));
  await page.keyboard.press('Enter');
  await dialog.getByText(/is over/).waitFor();
  await dialog.getByLabel('To this day').fill(typed(far(9)));
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await link.waitFor({ state: 'detached' });
  await toast(page, 'Order glaze: due').getByRole('button', { name: 'Undo' }).click();
  await link.waitFor();
  assert.deepEqual(page.faults, []);
});

test('the page of a task reads its repetition and offers what fits its state', async () => {
  const task = await create('task', {
    text: 'Count the stock',
    due: far(3),
    repeat: 'FREQ=WEEKLY;INTERVAL=2',
    remind: 45,
  });
  const page = await open(`/task/${task.id}`);
  await page.getByText('Every 2 weeks').waitFor();
  await page.getByText('45 minutes before').waitFor();
  await page.getByRole('button', { name: 'Change Repeats' }).click();
  await page.getByRole('option', { name: 'Every 3 months' }).click();
  await page.getByText('Every 3 months').first().waitFor();
  assert.equal((await read('task', task.id)).repeat, 'FREQ=MONTHLY;INTERVAL=3');
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await page.getByRole('button', { name: 'Open again' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Done', exact: true }).count(), 0);
  await page.keyboard.press('o');
  await page.getByRole('button', { name: 'Done', exact: true }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('a count leads to the list behind it', async () => {
  await create('task', { text: 'Late already', due: far(-2) });
  const page = await open('/today');
  await page
    .getByRole('region', { name: 'Overdue' })
    .getByRole('link', { name: /show the list/ })
    .click();
  await page.getByRole('heading', { level: 1, name: 'Tasks' }).waitFor();
  await page.getByRole('row').filter({ hasText: 'Late already' }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('a call is logged from a company and stands in its timeline', async () => {
  const page = await open(`/company/${company.id}`);
  await page.getByRole('radiogroup', { name: 'What to write' }).getByText('Call', { exact: true }).click();
  const text = page.getByRole('textbox', { name: 'Call with Berg Interiors Ltd' });
  await text.fill('They want a sample by Friday.');
  await page.getByLabel('Minutes').fill('many');
  await text.press('Control+Enter');
  await page.getByText(/is not a number/).waitFor();
  await page.getByLabel('Minutes').fill('12');
  await page.reload();
  await page.getByRole('radiogroup', { name: 'What to write' }).getByText('Call', { exact: true }).click();
  assert.equal(await text.inputValue(), 'They want a sample by Friday.');
  await text.press('Control+Enter');
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await timeline.getByText('They want a sample by Friday.').waitFor();
  await timeline.getByText('Reached · Outgoing · 12 minutes').waitFor();
  assert.equal(await text.inputValue(), '');
  assert.deepEqual(page.faults, []);
});

test('a task of a company is done and opened again in its timeline', async () => {
  const page = await open(`/company/${company.id}`);
  await page.getByRole('radiogroup', { name: 'What to write' }).getByText('Task', { exact: true }).click();
  const text = page.getByRole('textbox', { name: 'Task for Berg Interiors Ltd' });
  await text.fill('Send the price list');
  await page.getByLabel('Time', { exact: true }).fill('late');
  await text.press('Control+Enter');
  await page.getByText('“late” is not a time of day').waitFor();
  await page.getByLabel('Time', { exact: true }).fill('');
  await text.press('Control+Enter');
  const box = page.getByRole('checkbox', { name: 'Done: Send the price list' });
  await box.click();
  await toast(page, 'Done: Send the price list').waitFor();
  await page.getByRole('checkbox', { name: 'Done: Send the price list', checked: true }).click();
  await page.getByRole('checkbox', { name: 'Done: Send the price list', checked: false }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('a meeting stands in the month, the week and the day', async () => {
  const page = await open(`/company/${company.id}`);
  await page.getByRole('radiogroup', { name: 'What to write' }).getByText('Meeting', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Meeting with Berg Interiors Ltd' }).fill('Spring range');
  await page.getByLabel('From').fill('14');
  await page.getByLabel('Place').fill('Leeds');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('region', { name: 'Timeline' }).getByRole('link', { name: 'Spring range' }).waitFor();
  const [made] = (await api('GET', '/records/meeting?where=text%20%3D%20%22Spring%20range%22')).rows;
  assert.equal(Date.parse(made.to) - Date.parse(made.from), 3_600_000);

  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('k');
  await page.getByRole('heading', { level: 1, name: 'Calendar' }).waitFor();
  const entry = page.getByRole('button', { name: /Spring range/ });
  await page.getByRole('grid').waitFor();
  await entry.waitFor();
  await page.keyboard.press('w');
  await page.waitForURL(/view=week/);
  await entry.waitFor();
  await page.keyboard.press('d');
  await page.waitForURL(/view=day/);
  await entry.waitFor();
  await page.getByText('Leeds').waitFor();
  await entry.click();
  await page.getByRole('complementary', { name: 'Spring range' }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('arrows go through the days, Enter opens one, n makes a meeting there', async () => {
  const page = await open('/calendar?date=2026-03-15');
  const cell = page.locator('[data-day="2026-03-15"]');
  await cell.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.activeElement?.getAttribute('data-day') === '2026-03-23');
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'New meeting' });
  await dialog.getByLabel('Meeting', { exact: true }).fill('Trade fair');
  await dialog.getByLabel('Whole day').check();
  await dialog.getByLabel('With').fill('Berg');
  await page.getByRole('option', { name: /Berg Interiors/ }).click();
  await dialog.getByPlaceholder('Add another').fill('Otieno');
  await page.getByRole('option', { name: /Ben Otieno/ }).click();
  await dialog.getByPlaceholder('Add another').fill('Quarry');
  await page.getByRole('option', { name: /Quarry Stone/ }).click();
  await dialog.getByRole('button', { name: 'Without Quarry Stone' }).click();
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.locator('[data-day="2026-03-23"]').getByText('Trade fair').waitFor();
  await page.locator('[data-day="2026-03-23"]').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name: /Monday,? 23 March 2026/ }).waitFor();
  await page.getByRole('link', { name: 'Berg Interiors Ltd' }).waitFor();
  await page.getByRole('link', { name: 'Ben Otieno' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Quarry Stone' }).count(), 0);
  assert.deepEqual(page.faults, []);
});

test('what is about to begin is told, and opens', async () => {
  const page = await open('/task');
  await page.getByRole('heading', { level: 1, name: 'Tasks' }).waitFor();
  const from = new Date(Date.now() + 5 * 60_000).toISOString();
  await create('meeting', { text: 'Soon to begin', from, remind: '10' });
  const told = toast(page, 'Soon to begin');
  await told.waitFor({ timeout: 60_000 }); // the program looks at the clock every 20 seconds
  await page.keyboard.press('z');
  await page.getByRole('menuitem', { name: 'In 10 minutes' }).waitFor();
  await page.getByRole('menuitem', { name: 'In 1 hour' }).waitFor();
  await page.getByRole('menuitem', { name: 'Tomorrow morning' }).click();
  await toast(page, 'You will be reminded of Soon to begin again').waitFor();
  await told.getByRole('button', { name: 'Open' }).waitFor({ state: 'detached' });
  await create('meeting', { text: 'Also soon', from, remind: '10' });
  const second = toast(page, 'Also soon');
  await second.waitFor({ timeout: 60_000 });
  await second.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('heading', { level: 1, name: 'Also soon' }).waitFor();
  await second.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Change time, place or people' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change time, place or people' });
  await dialog.getByLabel('Place').fill('Quay');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  const [changed] = (await api('GET', '/records/meeting?where=text%20%3D%20%22Also%20soon%22')).rows;
  assert.deepEqual([changed.place, changed.from], ['Quay', from]);
  assert.deepEqual(page.faults, []);
});

test('a calendar file that goes out and comes in again changes nothing', async () => {
  const page = await open('/calendar');
  await page.getByRole('grid').waitFor();
  const choose = async (item) => {
    await page.getByRole('button', { name: 'Calendar files' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const [download] = await Promise.all([page.waitForEvent('download'), choose(/Export/)]);
  assert.equal(download.suggestedFilename(), 'kontor.ics');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), choose(/Import/)]);
  await chooser.setFiles(
    await download.path().then(async (path) => {
      const { readFile } = await import('node:fs/promises');
      return { name: 'kontor.ics', mimeType: 'text/calendar', buffer: await readFile(path) };
    }),
  );
  const dialog = page.getByRole('dialog', { name: 'Taken from kontor.ics' });
  await dialog.getByText('Unchanged').waitFor();
  assert.equal(await dialog.getByText('New', { exact: true }).count(), 0);
  assert.equal(await dialog.getByText('Changed', { exact: true }).count(), 0);
  assert.deepEqual(page.faults, []);
});

test('a time of day is not lost', async () => {
  const m = await create('meeting', { text: 'Tasting', from: '2026-12-01T15:30', to: '2026-12-01T16:30' });
  const page = await open(`/meeting/${m.id}`);
  await page.getByRole('button', { name: 'Change From' }).click();
  const clock = page.getByLabel('Time of From');
  assert.equal(await clock.inputValue(), '15:30');
  await clock.fill('15:45');
  await page.keyboard.press('Control+Enter');
  await page.getByText('15:45').first().waitFor();
  assert.equal((await read('meeting', m.id)).from, '2026-12-01T14:45:00.000Z');
  assert.deepEqual(page.faults, []);
});

accessible(open, [
  ['today', () => '/today', (page) => page.getByRole('region', { name: 'Overdue' }).getByRole('link').last().focus()],
  ['calendar, month', () => '/calendar'],
  ['calendar, week', () => '/calendar?view=week'],
  ['tasks', () => '/task'],
]);
