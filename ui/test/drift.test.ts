import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, Watched } from './harness/browser';
import { Service } from './harness/service';
import { hour, node, seven } from './harness/seven';

let browser: Browser;
let service: Service;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  browser = await launch();
  service = await Service.start();
  await service.take(...seven(), node(6, 3, 'desired_state_changed', { config: { log: { level: 'warn' } } }));
  watched = await Watched.open(browser, service.url);
  page = watched.page;
});
afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

const findings = () => page.locator('li[data-finding]');
const address = () => decodeURIComponent(new URL(page.url()).search);

test('findings that say the same are one, and lead to their nodes', async () => {
  await watched.go('/drift');
  const same = findings().filter({ hasText: 'log.level' });
  expect(await same.count()).toBe(1);
  expect(await same.textContent()).toContain('2 nodes');
  await same.getByRole('button').click();
  expect(await same.getByRole('link').allTextContents()).toEqual(['node-2', 'node-6', expect.stringMatching('As a list')]);
  await same.getByRole('link', { name: 'As a list' }).click();
  await watched.settle();
  await expect.poll(() => page.locator('tbody tr[data-place] td:nth-child(2)').allTextContents().then((ids) => ids.sort())).toEqual(['node-2', 'node-6']);
  expect(watched.faults).toEqual([]);
});

test('a cell of the map narrows the findings to its zone, and back', async () => {
  await watched.go('/drift');
  const all = await findings().count();
  await page.getByRole('link', { name: /^all components in zone-2: 1 of/ }).click();
  await expect.poll(address).toBe('?zone=zone-2');
  await watched.settle();
  await expect.poll(() => findings().count()).toBeLessThan(all);
  expect(await findings().first().textContent()).toContain('1 node');
  await page.keyboard.press('x');
  await expect.poll(address).toBe('');
  await expect.poll(() => findings().count()).toBe(all);
});

test('severity, dimension and path narrow it, and stand in the address', async () => {
  await watched.go('/drift?dimension=config');
  await expect.poll(() => findings().count()).toBe(1);
  await page.getByRole('button', { name: /^config/ }).click();
  await page.keyboard.press('/');
  await page.keyboard.type('software');
  await page.keyboard.press('Enter');
  await expect.poll(address).toBe('?path=software');
  await expect.poll(() => findings().allTextContents().then((all) => all.every((one) => one.includes('software_version')))).toBe(true);
  await watched.go('/drift?path=nowhere');
  await page.getByText('No finding fits.').waitFor();
});

test('the keyboard goes through cells and findings', async () => {
  await watched.go('/drift');
  await page.getByRole('link', { name: /^all components in all zones/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^all components in zone-1/);
  await page.locator('main').focus();
  await page.keyboard.press('j');
  await expect.poll(() => findings().first().getByRole('button').getAttribute('aria-expanded')).toBe('true');
  await page.keyboard.press('Enter');
  await expect.poll(() => new URL(page.url()).pathname).toBe('/nodes');
});

test('the past shows the drift of the past', async () => {
  await watched.go(`/drift?at=${hour(2)}`);
  await page.getByText('Everything that was told is as it should be.').waitFor();
});
