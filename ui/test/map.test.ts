import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { STATE, type State } from '../src/parts/encodings';
import { launch, Watched } from './harness/browser';
import { hour, node, seven } from './harness/seven';
import { Service } from './harness/service';

const LONG_MS = 30_000;

let browser: Browser;
let service: Service;
let page: Page;
let watched: Watched;

beforeAll(async () => {
  browser = await launch();
  service = await Service.start();
});
afterAll(async () => {
  await browser?.close();
  await service?.stop();
});
beforeEach(async () => {
  await watched?.close();
  watched = await Watched.open(browser, service.url);
  page = watched.page;
});

/** How many pixels of the map have exactly the colour of a state. */
function pixels(state: State): Promise<number> {
  const hex = STATE[state].colour.dark;
  return page.evaluate((wanted) => {
    const canvas = document.querySelector('canvas')!;
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true })!;
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(wanted.slice(at, at + 2), 16));
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      count += data[i] === r && data[i + 1] === g && data[i + 2] === b ? 1 : 0;
    }
    return count;
  }, hex);
}

function legend(state: State) {
  return page.locator('.legend button').filter({ hasText: state });
}

/** How many nodes the legend counts in a state. */
function counted(state: State): Promise<string> {
  return legend(state).locator('.count').innerText();
}

test('a service without nodes says how they come', async () => {
  await watched.go('/fleet');
  await page.getByText('No nodes yet').waitFor();
  expect(watched.faults).toEqual([]);
  await service.take(...seven());
  await expect.poll(() => counted('live'), { timeout: LONG_MS }).toBe('1');
});

test('each state is on the map in its colour, and in the legend with its count', async () => {
  await watched.go('/fleet');
  for (const state of ['live', 'delayed', 'edge-cached', 'autonomous', 'disconnected'] as const) {
    await expect.poll(() => counted(state)).toBe('1');
    await expect.poll(() => pixels(state), { message: state }).toBeGreaterThan(5);
  }
  await page.getByText(/showing 7 of 7 edges/).waitFor();
  expect(watched.faults).toEqual([]);
});

test('a change posted to the service appears on the map', async () => {
  await watched.go('/fleet');
  await page.getByText('Live', { exact: true }).waitFor();
  await expect.poll(() => pixels('disconnected')).toBeGreaterThan(5);
  await service.take(node(5, 6, 'state_transition', { to: 'live' }));
  await expect.poll(() => pixels('disconnected'), { timeout: LONG_MS }).toBe(0);
  await expect.poll(() => counted('live')).toBe('2');
});

test('the past shows the past', async () => {
  await watched.go(`/fleet?at=${hour(1)}`);
  await expect.poll(() => counted('live')).toBe('7');
  await expect.poll(() => pixels('disconnected')).toBe(0);
  await watched.go(`/fleet?at=${hour(4)}`);
  await expect.poll(() => counted('live')).toBe('1');
  await expect.poll(() => pixels('disconnected')).toBeGreaterThan(5);
  await page.keyboard.press('l');
  await expect.poll(() => counted('live')).toBe('2');
  await expect.poll(() => pixels('disconnected')).toBe(0);
});

test('a state chosen in the legend fades the others, in the address too', async () => {
  await watched.go(`/fleet?at=${hour(4)}`);
  await expect.poll(() => pixels('live')).toBeGreaterThan(5);
  await legend('disconnected').click();
  await expect.poll(() => page.url()).toContain('show=disconnected');
  await expect.poll(() => pixels('live')).toBe(0);
  await expect.poll(() => pixels('disconnected')).toBeGreaterThan(5);
  await legend('disconnected').click();
  await expect.poll(() => pixels('live')).toBeGreaterThan(5);
});

test('keys lead from the fleet to a region, a zone, a node, its page, and back', async () => {
  await watched.go('/fleet');
  await expect.poll(() => counted('live')).toBe('2');
  const stood = page.getByRole('navigation', { name: 'Place on the map' }).locator('[aria-current]');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => stood.innerText()).toBe('region-a');
  await page.keyboard.press('Enter');
  await expect.poll(() => stood.innerText()).toBe('zone-1');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => stood.innerText()).toBe('zone-2');
  // A zone with one cluster leads to its nodes at once.
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toMatch(/node=node-\d/);
  await page.getByRole('complementary', { name: 'Chosen node' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.url()).toContain('in=region-a/zone-2');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toMatch(/\/nodes\/node-\d/);
  expect(watched.faults).toEqual([]);
});

test('n goes to the node that wants attention', async () => {
  await watched.go(`/fleet?at=${hour(4)}`);
  await expect.poll(() => counted('disconnected')).toBe('1');
  await page.keyboard.press('n');
  await expect.poll(() => page.url()).toContain('node=node-5');
});

test('a link to a node shows that node, near', async () => {
  await watched.go(`/fleet?at=${hour(4)}&node=node-5`);
  await page.getByRole('complementary', { name: 'Chosen node' }).waitFor();
  // A glyph of 48 pixels, not a shape of a few.
  await expect.poll(() => pixels('disconnected')).toBeGreaterThan(40);
});

test('the tree has the same content, and stands where the map stands', async () => {
  await watched.go(`/fleet?at=${hour(4)}&node=node-5`);
  await page.keyboard.press('t');
  const tree = page.getByRole('treegrid');
  const current = tree.locator('[role=row][aria-selected=true]');
  await expect.poll(() => current.innerText()).toContain('node-5');
  expect(await current.innerText()).toContain('disconnected');
  await tree.focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => page.url()).not.toContain('node=node-5');
  await page.keyboard.press('Home');
  await expect.poll(() => current.innerText()).toContain('region-a');
  expect(await watched.violations()).toEqual([]);
});

test('two instants compared light up only what differs', async () => {
  await watched.go(`/fleet?at=${hour(2.5)}&base=${hour(2.25)}`);
  await page.getByText(/0 of 7 nodes/).waitFor();
  await expect.poll(() => pixels('disconnected')).toBe(0);
  await watched.go(`/fleet?at=${hour(2.5)}&base=${hour(1.75)}`);
  await page.getByText(/6 of 7 nodes/).waitFor();
  await expect.poll(() => pixels('disconnected')).toBeGreaterThan(5);
  await expect.poll(() => pixels('live')).toBe(0);
});

test('wheel, drag and double click move the view, and the address keeps it', async () => {
  await watched.go('/fleet');
  await expect.poll(() => counted('live')).toBe('2');
  const box = (await page.locator('canvas').first().boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, -200);
  await expect.poll(() => page.url()).toContain('view=');
  const zoomed = page.url();
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 - 60, box.y + box.height / 2 - 40, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => page.url()).not.toBe(zoomed);
  const kept = new URL(page.url());
  await watched.go(kept.pathname + kept.search);
  await expect.poll(() => counted('live')).toBe('2');
  expect(new URL(page.url()).searchParams.get('view')).toBe(kept.searchParams.get('view'));
});

test('a map that is not kept up to date says since when, and heals', async () => {
  await watched.go('/fleet');
  await page.getByText('Live', { exact: true }).waitFor();
  await expect.poll(() => pixels('autonomous')).toBeGreaterThan(5);
  await service.kill();
  await page.getByText(/As of \d\d:\d\d:\d\d UTC, not live/).waitFor({ timeout: LONG_MS });
  await expect.poll(() => pixels('autonomous')).toBeGreaterThan(5);
  await service.begin();
  await service.take(node(4, 6.5, 'state_transition', { to: 'live' }));
  await expect.poll(() => counted('live'), { timeout: LONG_MS }).toBe('3');
  expect(await page.getByText(/not live/).count()).toBe(0);
});

test('on a telephone the map is whole, and nothing hangs over the side', async () => {
  await watched.close();
  watched = await Watched.open(browser, service.url, { width: 390, height: 844 });
  page = watched.page;
  await watched.go('/fleet');
  await expect.poll(() => counted('live')).toBe('3');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect((await page.locator('canvas').first().boundingBox())!.height).toBeGreaterThan(250);
  expect(await watched.violations()).toEqual([]);
});
