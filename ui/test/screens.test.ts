import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, Watched } from './harness/browser';
import { Service } from './harness/service';
import { hour, seven } from './harness/seven';

const SCREENS = ['/', '/fleet', '/nodes', '/drift', '/trust', '/domains', '/attention', '/events'];
/** What is below a screen. */
const DEEP = [
  '/nodes/node-3',
  '/nodes/node-7?tab=ledger',
  '/nodes/node-3?tab=drift&why=/lifecycle/software/desired_version',
  '/nodes/node-5?tab=trust',
  '/nodes/node-1?tab=edges',
  '/nodes/node-2?tab=events',
  '/domains/region-a',
  '/trust?purl=pkg:npm/lodash&versions=<4.17.21',
  '/drift?zone=zone-1&component=gateway',
];
const LOOKS = [
  { name: 'dark', theme: 'dark', at: undefined },
  { name: 'light', theme: 'light', at: undefined },
  { name: 'dark, as of the fourth hour', theme: 'dark', at: hour(4) },
  { name: 'light, as of the fourth hour', theme: 'light', at: hour(4) },
] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
});

describe.each([
  { fleet: 'no node', events: [], looks: [LOOKS[0], LOOKS[3]], screens: SCREENS },
  { fleet: 'seven nodes', events: seven(), looks: LOOKS, screens: [...SCREENS, ...DEEP] },
])('with $fleet', ({ events, looks, screens }) => {
  let service: Service;
  beforeAll(async () => {
    service = await Service.start();
    if (events.length > 0) {
      await service.take(...events);
    }
  });
  afterAll(async () => {
    await service?.stop();
  });

  describe.each(looks)('$name', ({ theme, at }) => {
    let watched: Watched;
    beforeAll(async () => {
      watched = await Watched.open(browser, service.url, { theme });
    });
    afterAll(async () => {
      await watched?.close();
    });

    test.each(screens)('%s shows, is accessible, and asks nobody else', async (path) => {
      await watched.go(at === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}at=${at}`);
      expect(await watched.page.title()).toMatch(at === undefined ? /^(?!Past).* · Twin$/ : /^Past: .* · Twin$/);
      expect(await watched.violations()).toEqual([]);
      expect(watched.faults.splice(0)).toEqual([]);
    });
  });

  test('nothing is wider than a telephone', async () => {
    const watched = await Watched.open(browser, service.url, { width: 390, height: 844 });
    for (const path of screens) {
      await watched.go(path);
      const width = await watched.page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, path).toBeLessThanOrEqual(390);
    }
    await watched.close();
  });
});
