import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { api, create, pages, read, row, toast } from './kit.mjs';
import { accessible } from './places.mjs';

const open = pages();
let lamp;

before(async () => {
  lamp = await create('product', {
    name: 'Pendant lamp, brass',
    number: 'P-110',
    unit: 'pcs',
    price: '214',
    taxRate: '20',
    description: 'With 2 m of cable.',
  });
});

test('a product is created, changed in the list and taken out of sale', async () => {
  const page = await open('/product');
  await page.getByRole('heading', { level: 1, name: 'Products' }).waitFor();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'New product' });
  await dialog.getByLabel('Name').fill('Oak counter');
  await dialog.getByLabel('Number').fill('P-100');
  await dialog.getByLabel('Price').fill('1.890,50');
  await dialog.getByLabel('Tax %').fill('20');
  await dialog.getByRole('button', { name: 'Create product' }).click();
  await toast(page, 'Oak counter created').waitFor();
  const [stored] = (await api('GET', '/records/product?where=number%20%3D%20%22P-100%22')).rows;
  assert.equal(stored.price, '1890.50');
  assert.equal(stored.currency, 'EUR');
  assert.equal(stored.active, true);

  await page.goto(`${process.env.KONTOR_URL}/#/product`);
  await row(page, 'Oak counter').getByText('1,890.50').dblclick();
  const price = page.getByRole('textbox', { name: 'Price' });
  await price.fill('1950');
  await price.press('Enter');
  await row(page, 'Oak counter').getByText('1,950').waitFor();
  await row(page, 'Oak counter').getByText('Yes').dblclick();
  await page.getByRole('option', { name: 'No' }).click();
  await row(page, 'Oak counter').getByText('No', { exact: true }).waitFor();
  assert.equal((await read('product', stored.id)).active, false);
  assert.deepEqual(page.faults, []);
});

test('a number belongs to one product', async () => {
  const page = await open('/product');
  await page.getByRole('heading', { level: 1, name: 'Products' }).waitFor();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'New product' });
  await dialog.getByLabel('Name').fill('Another lamp');
  await dialog.getByLabel('Number').fill('p-110');
  await dialog.getByRole('button', { name: 'Create product' }).click();
  await dialog.getByText('Pendant lamp, brass', { exact: false }).first().waitFor();
  assert.equal(await dialog.getByLabel('Number').getAttribute('aria-invalid'), 'true');
  assert.deepEqual(page.faults, []);
});

accessible(open, [
  ['products', () => '/product'],
  ['product', () => `/product/${lamp.id}`],
]);
