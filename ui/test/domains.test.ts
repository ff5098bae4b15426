import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, Watched } from './harness/browser';
import { Service } from './harness/service';
import { event, hour, seven } from './harness/seven';

let browser: Browser;
let service: Service;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  browser = await launch();
  service = await Service.start();
  await service.take(
    ...seven(),
    event({ domain_id: 'zone-1' }, 3, 'authority_claimed', { level: 'local', master: 'north' }),
    event({ domain_id: 'zone-1' }, 3, 'authority_claimed', { level: 'local', master: 'south' }),
  );
  watched = await Watched.open(browser, service.url);
  page = watched.page;
});
afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

const ids = () => page.locator('tbody tr[data-place] td:first-child a').allTextContents();

test('a conflict is marked, and says who claims what', async () => {
  await watched.go('/domains');
  expect(await ids()).toEqual(['region-a', 'zone-1', 'zone-2']);
  await page.getByRole('button', { name: 'conflict 1' }).click();
  await expect.poll(ids).toEqual(['zone-1']);
  await page.keyboard.press('j');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('zone-1');
  await page.keyboard.press('Enter');
  await page.getByText('north and south claim it in epoch 0.').waitFor();
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/domains/zone-1?only=conflict');
  expect(await watched.violations()).toEqual([]);
  await watched.go(`/domains/zone-1?at=${hour(2)}`);
  await page.getByText('governed by', { exact: false }).first().waitFor();
  expect(await page.getByText('claim it in epoch').count()).toBe(0);
});

test('a domain is found, and leads along its federation', async () => {
  await watched.go('/domains');
  await page.keyboard.press('/');
  await page.keyboard.type('zone-2');
  await expect.poll(ids).toEqual(['zone-2']);
  await page.locator('tbody tr[data-place] a').click();
  const one = page.getByRole('region', { name: 'zone-2' });
  await one.getByText('opportunistic').waitFor();
  await one.getByRole('link', { name: 'region-a' }).first().click();
  await expect.poll(() => new URL(page.url()).pathname).toBe('/domains/region-a');
  // Keys reach a page that shows what it is about.
  await page.getByRole('region', { name: 'region-a' }).waitFor();
  await watched.settle();
  await page.keyboard.press('Escape');
  await expect.poll(() => new URL(page.url()).pathname).toBe('/domains');
  expect(watched.faults).toEqual([]);
});
