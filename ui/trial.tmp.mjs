import { chromium } from 'playwright-core';
const url = 'http://127.0.0.1:8090';
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
const log = (...a) => console.log(new Date().toISOString().slice(11, 23), ...a);
const pc = (a, p) => a.toSorted((x, y) => x - y)[Math.min(a.length - 1, Math.floor(p * a.length))];
const frames = (ms) => new Promise((resolve) => { const gaps = []; const begun = performance.now(); let last = begun; const next = (now) => { gaps.push(now - last); last = now; if (now - begun < ms) requestAnimationFrame(next); else resolve(gaps.slice(1)); }; requestAnimationFrame(next); });
const tell = (name, gaps) => log(name, (1000 * gaps.length / gaps.reduce((s, g) => s + g, 0)).toFixed(1), 'fps p95', pc(gaps, .95).toFixed(1), 'max', Math.max(...gaps).toFixed(0));
async function open(path, o = {}) {
  const page = await b.newPage({ viewport: { width: 1280, height: 720 }, ...o });
  page.on('console', (m) => ['error', 'warning'].includes(m.type()) && log('console', m.text()));
  page.on('pageerror', (e) => log('ERR', e.message));
  await page.addInitScript(() => { const seen = []; Object.assign(globalThis, { seen }); new PerformanceObserver((l) => l.getEntriesByName('map: an instant').forEach((e) => seen.push(e.duration))).observe({ type: 'measure' }); });
  const begun = Date.now();
  await page.goto(url + path);
  return { page, begun };
}
// 1 overview
for (let i = 0; i < 2; i++) {
  const { page, begun } = await open('/');
  await page.locator('main h1, main h2').first().waitFor({ state: 'attached' });
  await page.getByText(/962,/).first().waitFor({ timeout: 60000 });
  log('overview shown', Date.now() - begun, 'ms');
  await page.screenshot({ path: '/tmp/t-overview.png' });
  await page.close();
}
// 2 map
let page, begun;
for (let i = 0; i < 2; i++) {
  ({ page, begun } = await open('/fleet'));
  await page.locator('.legend').waitFor({ timeout: 120000 });
  log('legend', Date.now() - begun);
  await page.getByText('Live', { exact: true }).waitFor({ timeout: 120000 });
  log('Live', Date.now() - begun);
  await page.getByText(/showing .* bundles/).waitFor({ timeout: 120000 });
  log('bundles', Date.now() - begun);
  if (i === 0) await page.close();
}
await page.waitForTimeout(3000);
await page.screenshot({ path: '/tmp/t-map.png' });
tell('idle', await page.evaluate(frames, 4000));
// lost zone
const groups = (await (await fetch(url + '/v1/projections/connectivity?group_by=zone')).json()).groups.filter((g) => g.group && g.group !== 'unassigned').toSorted((a, c) => c.by_state.live - a.by_state.live);
const zone = groups[0].group;
const twins = (await (await fetch(`${url}/v1/twins?filter=${encodeURIComponent(`identity.zone==${zone};connectivity.state==live`)}&limit=1000&fields=identity`)).json()).twins;
log('zone', zone, twins.length);
const post = async (to) => { const ts = new Date(Date.now() - 5).toISOString(); const body = twins.map((t, i) => JSON.stringify({ id: `tr-${to}-${ts}-${i}`, timestamp: ts, node_id: t.identity.immutable_id, event_type: 'state_transition', payload: { to } })).join('\n'); const r = await fetch(url + '/v1/events', { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body }); if (r.status !== 200) log('post', r.status, (await r.text()).slice(0, 300)); };
const gaps = page.evaluate(frames, 12000);
for (let i = 0; i < 6; i++) { await post(i % 2 ? 'live' : 'disconnected'); await page.waitForTimeout(1900); }
tell('lost zone', await gaps);
await page.screenshot({ path: '/tmp/t-zone.png' });
// pan, zoom
const box = await page.locator('canvas').first().boundingBox();
const moving = page.evaluate(frames, 6000);
await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
for (let i = 0; i < 40; i++) { await page.mouse.wheel(0, i < 20 ? -120 : 120); await page.waitForTimeout(130); }
tell('zoom', await moving);
const pan = page.evaluate(frames, 5000);
await page.mouse.down(); for (let i = 0; i < 60; i++) { await page.mouse.move(box.x + box.width / 2 + 200 * Math.sin(i / 6), box.y + box.height / 2 + 100 * Math.cos(i / 6)); await page.waitForTimeout(70); } await page.mouse.up();
tell('pan', await pan);
await page.close();
// scrub
({ page, begun } = await open(`/fleet?at=${new Date(Date.now() - 600_000).toISOString()}`));
await page.locator('.legend').waitFor({ timeout: 120000 });
log('past map', Date.now() - begun);
const strip = page.getByRole('slider', { name: /Instant of the map/ });
await strip.focus();
const count = () => page.evaluate(() => globalThis.seen.length);
for (let i = 0; i < 24; i++) { const before = await count(); await page.keyboard.press(i % 8 < 4 ? 'ArrowLeft' : 'ArrowRight'); try { await page.waitForFunction((t) => globalThis.seen.length > t, before, { timeout: 20000 }); } catch { log('step', i, 'not drawn in 20 s'); } }
const seen = (await page.evaluate(() => globalThis.seen));
log('scrub', seen.map((s) => s.toFixed(0)).join(' '), 'p50', pc(seen, .5).toFixed(0), 'p95', pc(seen, .95).toFixed(0));
await page.screenshot({ path: '/tmp/t-scrub.png' });
await page.close();
// small window
({ page, begun } = await open('/fleet', { viewport: { width: 390, height: 844 } }));
await page.locator('.legend').waitFor({ timeout: 120000 });
await page.waitForTimeout(2000);
log('small wide?', await page.evaluate(() => document.documentElement.scrollWidth));
await page.screenshot({ path: '/tmp/t-small.png' });
await page.close();
// find a red node by keyboard: attention list -> node -> why
const t0 = Date.now();
({ page, begun } = await open('/attention'));
await page.locator('main h1, main h2').first().waitFor({ state: 'attached' });
await page.waitForTimeout(1500);
log('attention shown', Date.now() - t0);
await page.screenshot({ path: '/tmp/t-att.png' });
await b.close();
