import type { Browser } from 'playwright-core';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, Watched } from './harness/browser';
import { Service } from './harness/service';

const ASSETS = join(import.meta.dirname, '../target/classes/web/assets');
const FIRST_VIEW_BYTES = 90_000;
const ALL_BYTES = 180_000;

let browser: Browser;
let service: Service;
beforeAll(async () => {
  browser = await launch();
  service = await Service.start();
});
afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

function compressed(name: string): number {
  return statSync(join(ASSETS, `${name}.br`)).size;
}

test('the first view is small', async () => {
  const watched = await Watched.open(browser, service.url);
  const asked = new Set<string>();
  watched.page.on('request', (request) => asked.add(new URL(request.url()).pathname));
  await watched.go('/');
  const files = [...asked].filter((path) => /\.(js|css)$/.test(path)).map((path) => path.replace('/assets/', ''));
  expect(files.length).toBeGreaterThan(1);
  expect(files.reduce((sum, file) => sum + compressed(file), 0)).toBeLessThanOrEqual(FIRST_VIEW_BYTES);
  await watched.close();
});

test('all of it is small', () => {
  const files = readdirSync(ASSETS).filter((name) => /\.(js|css)$/.test(name));
  expect(files.reduce((sum, file) => sum + compressed(file), 0)).toBeLessThanOrEqual(ALL_BYTES);
});
