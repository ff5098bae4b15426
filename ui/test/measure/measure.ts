/**
 * The measures of the user interface, taken in a real browser without a GPU, and written between the
 * marks of docs/performance.md. `ui/run measure` runs it.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { createServer } from 'vite';
import { afterAll, beforeAll, test } from 'vitest';
import { launch } from '../harness/browser';
import { node } from '../harness/seven';
import { Service } from '../harness/service';
import { STATE, type State } from '../../src/parts/encodings';
import type { Asked, Frames } from './page';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = join(ROOT, '../docs/performance.md');
const BEGIN = '<!-- ui measures -->';
const END = '<!-- end of ui measures -->';
const MS = 4_000;
const SCRUBS = 40;
const POSTS = 20;
const NODES = 100_000;

interface Row {
  readonly what: string;
  readonly seen: string;
  readonly floor: string;
  readonly met: boolean;
}

const rows: Row[] = [];
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  write();
});

function percentile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
}

function write(): void {
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined || rows.length === 0) {
    throw new Error(`found no ${BEGIN} … ${END} in docs/performance.md, or nothing was measured`);
  }
  const lines = rows.map(({ what, seen, floor, met }) => `| ${what} | ${seen} | ${floor} | ${met ? 'yes' : '**no**'} |`);
  const beside = `Taken with a load of ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} processors, ${new Date().toISOString().slice(0, 10)}.`;
  const table = ['| what | seen | floor | met |', '|---|---|---|---|', ...lines].join('\n');
  writeFileSync(PAGE, `${before}${BEGIN}\n${beside}\n\n${table}\n${END}${after}`);
  console.log(table);
}

test('frames', async () => {
  const server = await createServer({ root: ROOT, configFile: join(ROOT, 'vite.config.ts'), server: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
  await server.listen();
  const { port } = server.httpServer!.address() as { port: number };
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  try {
    await page.goto(`http://127.0.0.1:${port}/test/measure/page.html`);
    await page.waitForFunction(() => 'measure' in globalThis);
    await framesOf(page, '100,000 nodes, pan and zoom from the whole to a zone, 1 % changing with each frame', { sizes: { regions: 12, zones: 32, homes: 260 }, changing: 0.01, way: 'tour', ms: MS }, 50);
    await framesOf(page, '1,000,000 nodes, the same', { sizes: { regions: 20, zones: 50, homes: 1_000 }, changing: 0.01, way: 'tour', ms: MS }, 40);
    await framesOf(page, 'glyphs', { sizes: { regions: 1, zones: 4, homes: 2_500 }, changing: 0.01, way: 'nodes', ms: MS }, 50);
  } finally {
    await page.close();
    await server.close();
  }
});

async function framesOf(page: Page, what: string, asked: Asked, floor: number): Promise<void> {
  const seen: Frames = await page.evaluate((given) => globalThis.measure(given), asked);
  const named = asked.way === 'nodes' ? `${seen.nodes.toLocaleString('en')} nodes with their shapes and ${seen.edges.toLocaleString('en')} edges, panned, 1 % changing` : what;
  rows.push({
    what: named,
    seen: `${seen.fps.toFixed(0)} fps, p95 frame ${seen.p95.toFixed(1)} ms, of it work ${seen.workP95.toFixed(1)} ms`,
    floor: `${floor} fps${floor === 50 && asked.way === 'tour' ? ', p95 25 ms' : ''}`,
    met: seen.fps >= floor && (asked.way !== 'tour' || floor !== 50 || seen.p95 <= 25),
  });
}

test('scrubbing, and from an event to a pixel', async () => {
  const service = await Service.start();
  try {
    service.simulate(NODES, 2 * NODES);
    await service.take(node('measured', 0, 'node_registered', { component_type: 'gateway', region: 'region-a', zone: 'core-zone-a4' }));
    await service.take(node('measured', 1, 'state_transition', { to: 'live' }));
    await scrub(service);
    await pixel(service);
  } finally {
    await service.stop();
  }
});

async function scrub(service: Service): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.addInitScript(() => {
    const seen: number[] = [];
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => list.getEntriesByName('map: an instant').forEach((entry) => seen.push(entry.duration))).observe({ type: 'measure' });
  });
  await page.goto(`${service.url}/fleet?at=${new Date(Date.now() - 3_600_000).toISOString()}`);
  await page.locator('.legend').waitFor();
  const strip = page.getByRole('slider', { name: /Instant of the map/ });
  await strip.focus();
  const count = () => page.evaluate(() => (globalThis as unknown as { seen: number[] }).seen.length);
  // The columns of the past are made when they are first asked for.
  for (let i = 0; i < SCRUBS + 5; i++) {
    const before = await count();
    await page.keyboard.press(i % 40 < 20 ? 'ArrowLeft' : 'PageDown');
    await page.waitForFunction((than) => (globalThis as unknown as { seen: number[] }).seen.length > than, before);
  }
  const seen = (await page.evaluate(() => (globalThis as unknown as { seen: number[] }).seen)).slice(5);
  const p95 = percentile(seen, 0.95);
  rows.push({
    what: 'scrubbing over 100,000 nodes: from the step to the drawn instant, each asked of the service',
    seen: `p50 ${percentile(seen, 0.5).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`,
    floor: 'p95 150 ms',
    met: p95 <= 150,
  });
  await page.close();
}

async function pixel(service: Service): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce', colorScheme: 'dark' });
  await page.goto(`${service.url}/fleet?node=measured`);
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByRole('complementary', { name: 'Chosen node' }).waitFor();
  await page.waitForTimeout(1_000);
  const seen: number[] = [];
  for (let i = 0; i < POSTS; i++) {
    const state: State = i % 2 === 0 ? 'autonomous' : 'live';
    const shown = page.evaluate(until, STATE[state].colour.dark);
    const event = node('measured', 0, 'state_transition', { to: state });
    const posted = Date.now();
    await service.take({ ...event, timestamp: new Date(posted - 5).toISOString() });
    seen.push((await shown) - posted);
    await page.waitForTimeout(100 + Math.random() * 300);
  }
  const p95 = percentile(seen, 0.95);
  rows.push({
    what: 'from posting an event to its pixel on the map of 100,000 nodes',
    seen: `p50 ${percentile(seen, 0.5).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`,
    floor: 'p95 500 ms',
    met: p95 <= 500,
  });
  await page.close();
}

/** Answers when a colour stands in the middle of the map; ten seconds later at the latest. */
function until(hex: string): Promise<number> {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const canvas = document.querySelector('canvas')!;
  const copy = new OffscreenCanvas(40, 40).getContext('2d', { willReadFrequently: true })!;
  const begun = performance.now();
  return new Promise((resolve) => {
    const look = () => {
      copy.drawImage(canvas, canvas.width / 2 - 20, canvas.height / 2 - 20, 40, 40, 0, 0, 40, 40);
      const { data } = copy.getImageData(0, 0, 40, 40);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        count += data[i] === r && data[i + 1] === g && data[i + 2] === b ? 1 : 0;
      }
      if (count > 20 || performance.now() - begun > 10_000) {
        resolve(Date.now());
      } else {
        requestAnimationFrame(look);
      }
    };
    look();
  });
}
