import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, Watched } from './harness/browser';
import { Service } from './harness/service';
import { hour, node, seven } from './harness/seven';

const LONG_MS = 30_000;
const TABS = ['values', 'drift', 'trust', 'ledger', 'edges', 'events', 'changes'];

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

function address(): string {
  return new URL(page.url()).pathname + decodeURIComponent(new URL(page.url()).search);
}

/** The value of a name in what is shown, as a link that answers why. */
function value(name: string) {
  return page.locator('.fact').filter({ has: page.locator('dt', { hasText: new RegExp(`^${name}$`) }) }).getByRole('link').first();
}

describe.each([
  { theme: 'dark', width: 1280, at: '' },
  { theme: 'light', width: 1280, at: `&at=${hour(4)}` },
  { theme: 'dark', width: 390, at: '' },
] as const)('in $theme, $width wide$at', ({ theme, width, at }) => {
  test.each(TABS)('the section of %s is accessible and no wider than the window', async (tab) => {
    const other = await Watched.open(browser, service.url, { theme, width, height: width === 390 ? 844 : 720 });
    await other.go(`/nodes/node-7?tab=${tab}&head=/connectivity/state${at}`);
    expect(await other.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await other.violations()).toEqual([]);
    expect(other.faults).toEqual([]);
    await other.close();
  });
});

test('every key of a number leads to its section, and the address says which', async () => {
  await watched.go('/nodes/node-2');
  for (const [i, tab] of TABS.entries()) {
    await press(String(i + 1));
    await expect.poll(address).toBe(tab === 'values' ? '/nodes/node-2' : `/nodes/node-2?tab=${tab}`);
  }
  await page.goBack();
  await expect.poll(address).toBe('/nodes/node-2?tab=events');
});

test('a value answers why in its place, its event is one step away, and Escape closes both', async () => {
  await watched.go('/nodes/node-2');
  await value('desired version').focus();
  await press('Enter');
  await expect.poll(address).toContain('why=/lifecycle/software/desired_version');
  const why = page.getByRole('group', { name: 'Why /lifecycle/software/desired_version' });
  await why.getByText('not known → 1.0.0').waitFor();
  await press('Escape');
  await expect.poll(() => why.count()).toBe(0);
  await press('Enter');
  await why.getByText('not known → 1.0.0').waitFor();
  await press('j', 'Enter');
  await expect.poll(address).toMatch(/tab=events&event=evt-\d+&when=/);
  await page.getByLabel('The event as JSON').getByText('"event_type": "desired_state_changed"').waitFor();
  await press('Escape');
  await expect.poll(address).toBe('/nodes/node-2?tab=events');
});

test('the header answers why apart from what is below it', async () => {
  await watched.go('/nodes/node-5?head=/connectivity/state');
  await page.getByText('live → disconnected').waitFor();
  expect(await page.locator('.fact').getByText('live → disconnected').count()).toBe(0);
  await press('Escape');
  await expect.poll(address).toBe('/nodes/node-5');
});

test('drift stands with both sides, since when, and by which events', async () => {
  await watched.go('/nodes/node-2?tab=drift');
  const row = page.locator('tbody tr').filter({ hasText: 'log.level' });
  expect(await row.innerText()).toMatch(/warn[^]*info[^]*evt-\d+/);
  await row.getByRole('link', { name: 'warn' }).click();
  await page.getByRole('group', { name: 'Why /state/desired/log/level' }).getByText('info → warn').waitFor();
});

test('a replay says how far it is and when it will be done', async () => {
  await watched.go('/nodes/node-7?tab=ledger');
  const backlog = page.getByRole('region', { name: 'Backlog and replay' });
  expect(await backlog.innerText()).toMatch(/Replaying 10 of 40 \(25 %\)/);
  expect(await page.locator('tbody tr').filter({ hasText: 'replaying' }).count()).toBeGreaterThan(0);
});

test('the timeline is gone through with the arrows, and leads to the event and to that instant', async () => {
  await watched.go('/nodes/node-4');
  const connectivity = page.getByRole('group', { name: 'Connectivity' });
  await connectivity.getByRole('button').last().focus();
  await page.getByText('connectivity: autonomous').waitFor();
  await press('ArrowLeft');
  await page.getByText('connectivity: live').waitFor();
  await press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/^evt-/);
  await page.getByRole('link', { name: 'as it was then' }).click();
  await expect.poll(address).toBe(`/nodes/node-4?at=${hour(0)}`);
  await page.getByText('The past, not live').waitFor();
});

test('of the past all is as of then, and what changed since is told', async () => {
  await watched.go(`/nodes/node-5?at=${hour(1)}`);
  await page.locator('.head').getByText('live', { exact: true }).waitFor();
  await press('7');
  const row = page.locator('tbody tr').filter({ hasText: 'connectivity / state' });
  await row.waitFor();
  expect(await row.innerText()).toMatch(/live\s+disconnected/);
  await watched.go(`/nodes/node-5?tab=events&at=${hour(1)}`);
  expect(await page.locator('tr[data-place]').filter({ hasText: 'disconnected' }).count()).toBe(0);
});

test('a change of this node shows by itself', async () => {
  await watched.go('/nodes/node-6?tab=ledger');
  await page.locator('.head').getByText('returning', { exact: true }).waitFor();
  await service.take(node(6, 6, 'state_transition', { to: 'delayed', reason: 'slow line' }));
  await page.locator('.head').getByText('delayed', { exact: true }).waitFor({ timeout: LONG_MS });
  await page.locator('tbody tr').filter({ hasText: 'slow line' }).waitFor({ timeout: LONG_MS });
});

test('a node that nobody knows is said to be none, and others like it are offered', async () => {
  await watched.go('/nodes/node-77');
  await page.getByRole('heading', { name: 'No node is called node-77' }).waitFor();
  await page.getByRole('link', { name: 'node-7', exact: true }).click();
  await page.getByRole('heading', { name: 'node-7', exact: true }).waitFor();
  await watched.go(`/nodes/node-7?at=${hour(-2)}`);
  await page.getByRole('heading', { name: 'node-7 was not there yet' }).waitFor();
  await page.getByRole('link', { name: /Its first event/ }).click();
  await expect.poll(address).toBe(`/nodes/node-7?at=${hour(0)}`);
});

test('an event is found by its id alone, and one that is not there is said to be elsewhere', async () => {
  const [first] = ((await (await fetch(`${service.url}/v1/twins/node-1/events?limit=1`)).json()) as { events: { id: string; event_type: string }[] }).events;
  await watched.go(`/nodes/node-1?event=${first!.id}`);
  await page.getByLabel('The event as JSON').getByText(`"event_type": "${first!.event_type}"`).waitFor();
  await watched.go('/nodes/node-1?event=evt-none');
  await page.getByText('evt-none is not among the events of this node').waitFor();
});

test('several violations are one value, and it is explained once', async () => {
  await watched.go('/nodes/node-4?tab=drift&why=/policy/violations');
  expect(await page.locator('tbody tr').filter({ hasText: 'violations.' }).count()).toBeGreaterThan(1);
  await page.getByRole('group', { name: 'Why /policy/violations' }).waitFor();
  expect(await page.getByRole('group', { name: 'Why /policy/violations' }).count()).toBe(1);
});
