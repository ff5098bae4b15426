import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, Watched } from './harness/browser';
import { Service } from './harness/service';

const HOUR_MS = 3_600_000;

/** Somewhere in the fleet. */
interface Place {
  readonly region: string;
  readonly zone: string;
  readonly id: string;
}

/** Each screen, what is asked of it, and what stands there only once it has been answered. `:` begins a part of a place. */
const SCREENS = [
  { path: '/', shows: '.states li a[href*="live"] strong' },
  { path: '/fleet', shows: '.legend .count' },
  { path: '/fleet?in=:region/:zone', shows: '[aria-current=location]' },
  { path: '/nodes', shows: 'tr[data-place]' },
  { path: '/nodes?sort=-connectivity.sync_debt_seconds', shows: 'tr[data-place]' },
  { path: '/nodes/:id', shows: 'nav a[aria-current=page]' },
  { path: '/drift', shows: '.panel table td, .panel li' },
  { path: '/drift?zone=:zone', shows: '.panel table td, .panel li' },
  { path: '/trust', shows: '.panel table td' },
  { path: '/domains', shows: 'tr a[href*="/domains/"]' },
  { path: '/domains/:zone', shows: 'main dl dd' },
  { path: '/attention', shows: 'main a[href*="/nodes"]' },
  { path: '/events', shows: 'tr[data-place]' },
];

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
});

describe.each([
  { nodes: 10_000, events: 70_000, past: SCREENS.filter(({ path }) => path !== '/events') },
  { nodes: 100_000, events: 700_000, past: SCREENS.slice(0, 2) },
])('with $nodes nodes', ({ nodes, events, past }) => {
  let service: Service;
  let watched: Watched;
  let place: Place;
  beforeAll(async () => {
    service = await Service.start();
    service.simulate(nodes, events);
    const answer = await fetch(`${service.url}/v1/twins?limit=1&filter=connectivity.state==live`);
    const { twins } = (await answer.json()) as { twins: { identity: { immutable_id: string; region: string; zone: string } }[] };
    const { immutable_id: id, region, zone } = twins[0]!.identity;
    place = { id, region, zone };
    watched = await Watched.open(browser, service.url);
  });
  afterAll(async () => {
    await watched?.close();
    await service?.stop();
  });

  function at(path: string): string {
    return path.replace(/:(region|zone|id)/g, (_, part: keyof Place) => place[part]);
  }

  async function shows(path: string, content: string): Promise<void> {
    await watched.go(at(path));
    await watched.page.locator(content).first().waitFor({ state: 'attached' });
    expect(await watched.page.getByRole('alert').allInnerTexts()).toEqual([]);
    expect(await watched.violations()).toEqual([]);
    expect(watched.faults.splice(0)).toEqual([]);
  }

  test.each(SCREENS)('$path shows', async ({ path, shows: content }) => {
    await shows(path, content);
  });

  test.each(past)('$path shows as of two hours ago', async ({ path, shows: content }) => {
    const then = new Date(Date.now() - 2 * HOUR_MS).toISOString();
    await shows(`${path}${path.includes('?') ? '&' : '?'}at=${then}`, content);
    expect(await watched.page.title()).toMatch(/^Past: /);
  });

  test('the overview and the map count the same nodes as the service', async () => {
    const answer = await fetch(`${service.url}/v1/projections/connectivity`);
    const { total } = (await answer.json()) as { total: { nodes: number } };
    expect(total.nodes).toBeGreaterThan(0.9 * nodes);
    await watched.go('/');
    await watched.page.getByRole('link', { name: `${total.nodes.toLocaleString('en')} nodes` }).waitFor();
    await watched.go('/fleet');
    const counts = await watched.page.locator('.legend .count').allInnerTexts();
    expect(counts.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0)).toBe(total.nodes);
  });

  test('who sees the whole fleet goes on seeing it beside the tree, and sees where they are when they do not', async () => {
    await watched.go('/fleet');
    const small = watched.page.locator('canvas.needed');
    await watched.page.keyboard.press('t');
    await watched.page.getByRole('treegrid').waitFor();
    await watched.page.waitForTimeout(500);
    expect(await small.count()).toBe(0);
    await watched.page.keyboard.press('t');
    for (let times = 0; times < 4; times++) {
      await watched.page.getByRole('button', { name: 'Nearer' }).click();
    }
    await small.waitFor();
  });

  test('nothing is wider than a telephone', async () => {
    const small = await Watched.open(browser, service.url, { width: 390, height: 844 });
    for (const { path } of SCREENS) {
      await small.go(at(path));
      const width = await small.page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, path).toBeLessThanOrEqual(390);
    }
    await small.close();
  });

  test('the list goes on where it is scrolled', async () => {
    await watched.go('/nodes');
    const rows = watched.page.locator('tr[data-place]');
    expect(await rows.count()).toBeLessThan(100);
    const box = watched.page.getByRole('region', { name: 'Nodes' });
    for (const page of [1, 2, 3]) {
      await box.evaluate((element) => (element.scrollTop = element.scrollHeight));
      await expect.poll(() => rows.last().getAttribute('data-place').then(Number)).toBeGreaterThanOrEqual(100 * page);
    }
    expect(await rows.count()).toBeLessThan(100);
  });
});
