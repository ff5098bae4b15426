import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, Watched } from './harness/browser';
import { Service } from './harness/service';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
});

describe.each([
  { nodes: 10_000, events: 40_000 },
  { nodes: 100_000, events: 200_000 },
])('with $nodes nodes', ({ nodes, events }) => {
  let service: Service;
  beforeAll(async () => {
    service = await Service.start();
    service.simulate(nodes, events);
  });
  afterAll(async () => {
    await service?.stop();
  });

  test.each(['/', '/fleet', '/nodes?sort=-connectivity.sync_debt_seconds'])('%s shows', async (path) => {
    const watched = await Watched.open(browser, service.url);
    await watched.go(path);
    expect(watched.faults).toEqual([]);
    await watched.close();
  });

  test('the list goes on where it is scrolled', async () => {
    const watched = await Watched.open(browser, service.url);
    await watched.go('/nodes');
    const rows = watched.page.locator('tr[data-place]');
    expect(await rows.count()).toBeLessThan(100);
    const box = watched.page.getByRole('region', { name: 'Nodes' });
    for (const page of [1, 2, 3]) {
      await box.evaluate((element) => (element.scrollTop = element.scrollHeight));
      await expect.poll(() => rows.last().getAttribute('data-place').then(Number)).toBeGreaterThanOrEqual(100 * page);
    }
    expect(await rows.count()).toBeLessThan(100);
    await watched.close();
  });
});
