import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, Watched } from './harness/browser';
import { Service } from './harness/service';
import { hour, seven } from './harness/seven';

const SCREENS = ['/', '/fleet', '/nodes', '/drift', '/trust', '/domains', '/attention', '/events'];
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
  { fleet: 'no node', events: [], looks: LOOKS.slice(0, 1), screens: SCREENS },
  { fleet: 'seven nodes', events: seven(), looks: LOOKS, screens: [...SCREENS, '/nodes/node-3', '/domains/region-a'] },
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
      await watched.go(at === undefined ? path : `${path}?at=${at}`);
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
