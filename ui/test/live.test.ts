import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, Watched } from './harness/browser';
import { Service } from './harness/service';
import { hour, node, seven } from './harness/seven';

let browser: Browser;
let service: Service;
let page: Page;
let watched: Watched;

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

/** What the overview counts in a state. */
function counted(state: string): Promise<string> {
  return page.locator(`main li[title] a[href*="state==${state}"] strong`).innerText();
}

test('a change posted to the service appears in the overview and in the tail of events', async () => {
  await watched.go('/');
  await expect.poll(() => counted('live')).toBe('1');
  await service.take(node(5, 6, 'state_transition', { to: 'live' }));
  await expect.poll(() => counted('live')).toBe('2');
  await expect.poll(() => counted('disconnected')).toBe('0');

  await watched.go('/events');
  await page.getByText('live since').waitFor();
  // Before anything happens, the tail has what came last of each node.
  const lines = page.locator('tr[data-place]').filter({ hasText: 'node-6' });
  await expect.poll(() => lines.count()).toBe(1);
  await service.take(node(6, 6.1, 'state_transition', { to: 'live' }));
  await lines.filter({ hasText: 'state_transition' }).waitFor();
  expect(await lines.count()).toBe(2);
  expect(watched.faults).toEqual([]);
});

test('what happens before the stream stands shows when it does', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/v1/stream*', async (route) => {
    await held;
    await route.continue();
  });
  await watched.go('/');
  await expect.poll(() => counted('edge-cached')).toBe('1');
  await service.take(node(3, 6.15, 'state_transition', { to: 'delayed' }));
  release();
  await expect.poll(() => counted('edge-cached')).toBe('0');
  await page.unroute('**/v1/stream*');
});

test('the past shows the past: the fleet as it was, and nothing of what came since', async () => {
  await watched.go(`/?at=${hour(1)}`);
  await expect.poll(() => counted('live')).toBe('7');
  await watched.go(`/?at=${hour(4)}`);
  await expect.poll(() => counted('live')).toBe('1');
  await expect.poll(() => counted('disconnected')).toBe('1');
  await service.take(node(7, 6.2, 'state_transition', { to: 'disconnected' }));
  await page.getByRole('link', { name: '7 nodes' }).click();
  await expect.poll(() => page.url()).toContain(`at=${hour(4)}`);
  await expect.poll(() => page.locator('tr[data-place]').filter({ hasText: 'node-7' }).innerText()).toContain('replaying');
});

test('a service that goes away is told with since when, and what came meanwhile shows when it is back', async () => {
  await watched.go('/');
  await page.getByText('Live', { exact: true }).waitFor();
  const before = Number(await counted('live'));
  await service.kill();
  await page.getByText(/Not up to date since \d\d:\d\d:\d\d UTC/).waitFor();
  await service.begin();
  await service.take(node(4, 6.3, 'state_transition', { to: 'live' }));
  await page.getByText('Live', { exact: true }).waitFor();
  await expect.poll(() => counted('live')).toBe(String(before + 1));
  expect(await page.getByText('Not up to date').count()).toBe(0);
});

test('a screen that is chosen while the service is away is there when it is back', async () => {
  await watched.go('/');
  await page.getByText('Live', { exact: true }).waitFor();
  await service.kill();
  await page.getByText(/Not up to date since .* the service does not answer/).waitFor();
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Domains' }).click();
  await page.getByText('The screen is loaded by itself when it is back.').waitFor();
  await service.begin();
  await page.getByRole('heading', { name: 'Domains' }).waitFor();
  watched.faults.splice(0);
});

test('a tail that is paused stands still, and goes on with what came meanwhile', async () => {
  await watched.go('/events');
  await page.getByText('live since').waitFor();
  const lines = page.locator('tr[data-place]');
  await expect.poll(() => lines.count()).toBe(7);
  await page.keyboard.press('p');
  await service.take(node(1, 6.4, 'connectivity_reported', { latency_ms: 12 }));
  await page.getByRole('button', { name: /Go on \(1 new\)/ }).waitFor();
  expect(await lines.count()).toBe(7);
  await page.keyboard.press('p');
  await lines.filter({ hasText: 'connectivity_reported' }).waitFor();
  expect(await lines.count()).toBe(8);
});
