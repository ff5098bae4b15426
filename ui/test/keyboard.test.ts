import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, Watched } from './harness/browser';
import { Service } from './harness/service';
import { hour, seven } from './harness/seven';

let browser: Browser;
let service: Service;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  browser = await launch();
  service = await Service.start();
  await service.take(...seven());
  watched = await Watched.open(browser, service.url);
  page = watched.page;
});
afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
  }
}

async function expectPath(path: string | RegExp): Promise<void> {
  await expect.poll(() => new URL(page.url()).pathname + decodeURIComponent(new URL(page.url()).search)).toMatch(path);
}

test('from the overview to a node with the keyboard alone', async () => {
  await watched.go('/');
  await press('g', 'n');
  await expectPath(/^\/nodes$/);
  await watched.settle();
  await press('/');
  await page.keyboard.type('connectivity.state==disconnected');
  await press('Enter');
  await expectPath(/filter=connectivity.state==disconnected/);
  await expect.poll(() => page.locator('tbody tr[data-place]').count()).toBe(1);
  // What is typed in a field is no key: leave it first.
  await page.locator('main').focus();
  await press('j');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('node-5');
  await press('Enter');
  await expectPath(/^\/nodes\/node-5/);
  await page.goBack();
  await expectPath(/filter=connectivity.state==disconnected/);
});

test('the palette finds a node by how its id begins, and a zone', async () => {
  await watched.go('/');
  await press('Control+k');
  await page.keyboard.type('node-6');
  await page.getByRole('option', { name: /node-6/ }).waitFor();
  await press('Enter');
  await expectPath(/^\/nodes\/node-6$/);
  await press('Control+k');
  await page.keyboard.type('zone-2');
  await page.getByRole('option', { name: /zone-2 its nodes/ }).waitFor();
  await page.getByRole('option', { name: /zone-2 its nodes/ }).click();
  await expectPath(/filter=identity.zone==zone-2/);
  await press('Control+k', 'Escape');
  expect(await page.locator('dialog[open]').count()).toBe(0);
});

test('time is stepped, typed, kept from screen to screen, and left again', async () => {
  await watched.go('/');
  await press('{');
  await expectPath(/at=/);
  await page.getByText('The past, not live').waitFor();
  await press('@', 'Control+a');
  await page.keyboard.type(hour(4));
  await press('Enter');
  await expectPath(`/?at=${hour(4)}`);
  await press('g', 'e');
  await expectPath(`/events?at=${hour(4)}`);
  await press('L');
  await expectPath(/^\/events$/);
  expect(await page.getByText('The past, not live').count()).toBe(0);
});

test('what is no instant is said to be none', async () => {
  await watched.go('/');
  await press('@');
  await page.keyboard.type('yesterday');
  await press('Enter');
  await page.getByRole('alert').filter({ hasText: 'no instant' }).waitFor();
  await watched.go('/?at=yesterday');
  await page.getByText('found at=yesterday').waitFor();
});

test('the keys are listed, and the theme is chosen and remembered', async () => {
  await watched.go('/');
  await press('?');
  await page.getByRole('heading', { name: 'Keys' }).waitFor();
  expect(await watched.violations()).toEqual([]);
  await press('Escape', 'D');
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
  await page.reload();
  await watched.settle();
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
  await press('D');
});

test('what needs attention is gone through, acknowledged, and left for its node', async () => {
  await watched.go('/attention');
  const items = page.locator('li[data-item]');
  expect(await items.count()).toBeGreaterThan(1);
  await press('j');
  await expect.poll(() => items.nth(1).getByRole('button').getAttribute('aria-current')).toBe('true');
  await press('k');
  await page.getByRole('heading', { name: /node-5: failed attestation/ }).waitFor();
  await press('a');
  await items.first().getByText('acknowledged').waitFor();
  await press('o');
  await expect.poll(() => items.first().getByText('acknowledged').count()).toBe(0);
  await press('Enter');
  await expectPath(/^\/nodes\/node-5$/);
});

test('from the region to the event behind a value with the keyboard alone', async () => {
  await watched.go('/');
  await page.getByRole('link', { name: 'zone-1', exact: true }).first().focus();
  await press('Enter');
  await expectPath(/filter=identity.zone==zone-1/);
  await watched.settle();
  await press('j', 'j');
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('tr')?.dataset.place)).toBe('1');
  await press('Enter');
  await expectPath(/^\/nodes\/node-/);
  await watched.settle();
  await watched.go('/nodes/node-3');
  await press('2');
  await expectPath(/tab=drift/);
  await page.getByRole('link', { name: '1.1.0' }).focus();
  await press('Enter');
  await expectPath(/why=\/lifecycle\/software\/desired_version/);
  await watched.settle();
  const why = page.getByRole('group', { name: 'Why' });
  await why.getByText('desired_state_changed').first().waitFor();
  await why.getByRole('link').first().focus();
  await press('Enter');
  await expectPath(/event=evt-/);
  await page.getByText('"software_version": "1.1.0"').waitFor();
  await press('Escape');
  await expect.poll(() => why.count()).toBe(0);
});

test('who runs a package is found, now and not before', async () => {
  await watched.go('/trust');
  await press('/');
  await page.keyboard.type('pkg:npm/lodash');
  await press('Tab');
  await page.keyboard.type('<4.17.21');
  await press('Enter');
  await page.getByText('1 node affected').waitFor();
  await page.getByRole('link', { name: 'node-6', exact: true }).waitFor();
  await watched.go(`/trust?purl=pkg:npm/lodash&at=${hour(1)}`);
  await page.getByText('No node runs it at this instant').waitFor();
});

test('the domains are gone through, and one shows its claims', async () => {
  await watched.go('/domains');
  await press('j');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('region-a');
  await press('Enter');
  await expectPath(/^\/domains\/region-a$/);
  await page.getByRole('cell', { name: 'control-a' }).first().waitFor();
  await press('Escape');
  await expectPath(/^\/domains$/);
});
