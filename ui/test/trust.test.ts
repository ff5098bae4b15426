import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, Watched } from './harness/browser';
import { Service } from './harness/service';
import { hour, node, seven } from './harness/seven';

const ODD = `sha256:${'0d'.repeat(32)}`;

let browser: Browser;
let service: Service;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  browser = await launch();
  service = await Service.start();
  const dependencies = [{ name: 'lodash', version: 'from-a-friend', purl: 'pkg:npm/lodash@from-a-friend' }];
  await service.take(
    ...seven(),
    node(1, 3, 'sbom_updated', { component: 'gateway', version: '1.0.0', sbom_hash: ODD, dependencies }),
    node(1, 3, 'actual_state_reported', { software_version: '1.0.0', sbom_hash: ODD }),
    node(2, 0, 'provisioning_started', { hardware: { serial: 'S-2', batch_id: 'BATCH-7' } }),
    node(3, 3, 'certificate_rotated', {
      certificate_chain: [{ issuer: 'ca', subject: 'node-3', valid_from: hour(0), valid_until: new Date(Date.now() + 10 * 86_400_000).toISOString() }],
    }),
  );
  watched = await Watched.open(browser, service.url);
  page = watched.page;
});
afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

async function search(text: string): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await watched.settle();
}

test('a package is found by its name alone', async () => {
  await watched.go('/trust');
  await search('lodash');
  await page.getByRole('link', { name: 'pkg:npm/lodash' }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get('purl')).toBe('pkg:npm/lodash');
  await page.getByText('2 nodes affected').waitFor();
});

test('what cannot be told is shown apart', async () => {
  await watched.go('/trust?purl=pkg:npm/lodash&versions=<4.17.21');
  await page.getByText('1 node affected').waitFor();
  const apart = page.getByRole('region', { name: '1 node indeterminate' });
  expect(await apart.getByRole('link', { name: 'node-1', exact: true }).count()).toBe(1);
  expect(await apart.getByRole('link', { name: 'node-6', exact: true }).count()).toBe(0);
  await page.getByRole('link', { name: 'zone-2 1' }).click();
  await expect.poll(() => decodeURIComponent(page.url())).toMatch(/\/fleet\?overlay=trust&in=region-a\/zone-2$/);
  expect(watched.faults).toEqual([]);
});

test('a batch and the hash of a build lead to their nodes', async () => {
  await watched.go('/trust?find=BATCH-*');
  const who = page.getByRole('region', { name: 'Who runs it?' });
  await who.getByRole('link', { name: 'node-2', exact: true }).waitFor();
  await watched.go('/trust');
  await search(ODD);
  await who.getByRole('link', { name: 'node-1', exact: true }).waitFor();
  expect(await who.getByRole('link', { name: 'node-2', exact: true }).count()).toBe(0);
  await search('no-such-thing');
  await page.getByText('No batch, firmware or serial has this name.').waitFor();
});

test('the horizon shows when certificates end', async () => {
  await watched.go('/trust');
  const week = page.getByRole('link', { name: '1 certificate end 7 to 14 days from now' });
  await week.click();
  await watched.settle();
  await expect.poll(() => page.locator('tbody tr[data-place] td:nth-child(2)').allTextContents()).toEqual(['node-3']);
});

test('a build shows what is in it', async () => {
  await watched.go('/trust');
  const builds = page.getByRole('region', { name: 'Builds that run, by their SBOM' });
  await builds.getByRole('button').first().click();
  await builds.getByText(/1 package, recorded/).waitFor();
  expect(await watched.violations()).toEqual([]);
});
