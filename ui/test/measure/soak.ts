/**
 * The map with 10,000 nodes under 1,000 events a second for half an hour: how much the heap of the
 * page grows. `ui/run soak` runs it, `ui/run soak 3` for three minutes.
 */

import { launch } from '../harness/browser';
import { randomOf } from '../../src/map/fleets';
import { node } from '../harness/seven';
import { Service, type Event } from '../harness/service';
import { expect, test } from 'vitest';
import { report } from './report';

const NODES = 10_000;
const PER_SECOND = 1_000;
const BATCHES_PER_SECOND = 4;
const MOST_GROWTH_MB = 10;
/** What a page keeps once and for all (pictures of glyphs, widths of names, code) is there by then. */
const WARM_MS = 30_000;
const STATES = ['live', 'delayed', 'edge-cached', 'autonomous', 'disconnected'];
const SEED = 42;

test('the heap of the map under load', async () => {
  const minutes = Number(process.env.SOAK_MINUTES ?? 30);
  if (!(minutes > 0)) {
    throw new Error(`found SOAK_MINUTES=${process.env.SOAK_MINUTES}, expected minutes, more than 0`);
  }
  const service = await Service.start();
  const browser = await launch();
  try {
    service.simulate(NODES, 7 * NODES);
    const ids = await idsOf(service);
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(`${service.url}/fleet`);
    await page.getByText('Live', { exact: true }).waitFor();
    const devtools = await page.context().newCDPSession(page);
    const heap = async () => {
      await devtools.send('HeapProfiler.collectGarbage');
      return (await devtools.send('Runtime.getHeapUsage')).usedSize / 1_048_576;
    };
    await load(service, ids, WARM_MS);
    const before = await heap();
    const sent = await load(service, ids, minutes * 60_000);
    const after = await heap();
    expect(await page.getByText('Live', { exact: true }).count()).toBe(1);
    report('ui soak', [
      {
        what: `the map of ${NODES.toLocaleString('en')} nodes for ${minutes} minutes under ${Math.round(sent / minutes / 60).toLocaleString('en')} events/s: heap of the page, before and after`,
        seen: `${before.toFixed(1)} MB, ${after.toFixed(1)} MB`,
        floor: `grows by at most ${MOST_GROWTH_MB} MB in 30 minutes`,
        met: after - before <= MOST_GROWTH_MB,
      },
    ]);
  } finally {
    await browser.close();
    await service.stop();
  }
});

async function idsOf(service: Service): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const answer = await fetch(`${service.url}/v1/twins?limit=1000&fields=identity${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
    const page = (await answer.json()) as { twins: { identity: { immutable_id: string } }[]; next_cursor?: string };
    ids.push(...page.twins.map(({ identity }) => identity.immutable_id));
    cursor = page.next_cursor;
  }
  return ids;
}

/** Sends for so long; answers how many events that were. */
async function load(service: Service, ids: readonly string[], ms: number): Promise<number> {
  const random = randomOf(SEED);
  const begun = Date.now();
  let sent = 0;
  while (Date.now() - begun < ms) {
    const timestamp = new Date(Date.now() - 5).toISOString();
    const events = Array.from({ length: PER_SECOND / BATCHES_PER_SECOND }, (): Event => {
      const to = STATES[Math.floor(random() * STATES.length)]!;
      return { ...node(ids[Math.floor(random() * ids.length)]!, 0, 'state_transition', { to }), id: `soak-${begun}-${sent++}`, timestamp };
    });
    await service.take(...events);
    const due = begun + (1_000 * sent) / PER_SECOND;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - Date.now())));
  }
  return sent;
}
