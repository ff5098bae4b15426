import { expect, test } from 'vitest';
import { between, detail, fit, isWhole, kept, parseView, toLattice, toScreen, viewText, visible, zoomAt } from './view';

const SIZE = { width: 1_280, height: 720 };

test('what is drawn depends on how many pixels a node has', () => {
  expect([0.3, 1.99, 2, 7.9, 8, 23.9, 24, 90].map(detail)).toEqual([
    'tiles', 'tiles', 'raster', 'raster', 'shapes', 'shapes', 'glyphs', 'glyphs',
  ]);
});

test('a place goes to the screen and back', () => {
  const view = { x: 31, y: 7, scale: 3.5 };
  const [px, py] = toScreen(view, SIZE, 40, 2);
  const [x, y] = toLattice(view, SIZE, px, py);
  expect(x).toBeCloseTo(40);
  expect(y).toBeCloseTo(2);
});

test('what is under the pointer stays there while one zooms', () => {
  const view = { x: 100, y: 50, scale: 4 };
  const before = toLattice(view, SIZE, 300, 600);
  const zoomed = zoomAt(view, SIZE, 300, 600, 2.7, 0.1);
  const after = toLattice(zoomed, SIZE, 300, 600);
  expect(after[0]).toBeCloseTo(before[0]);
  expect(after[1]).toBeCloseTo(before[1]);
  expect(zoomAt(view, SIZE, 0, 0, 1e9, 0.1).scale).toBe(96);
  expect(zoomAt(view, SIZE, 0, 0, 1e-9, 0.1).scale).toBe(0.1);
});

test('a rectangle that is fitted is whole on the screen', () => {
  const rect = { x: 10, y: 20, width: 300, height: 40 };
  const shown = visible(fit(rect, SIZE), SIZE);
  expect(shown.x).toBeLessThanOrEqual(rect.x);
  expect(shown.y).toBeLessThanOrEqual(rect.y);
  expect(shown.x + shown.width).toBeGreaterThanOrEqual(rect.x + rect.width);
  expect(shown.y + shown.height).toBeGreaterThanOrEqual(rect.y + rect.height);
  expect(isWhole(rect, fit(rect, SIZE), SIZE)).toBe(true);
  expect(isWhole(rect, { ...fit(rect, SIZE), x: rect.x }, SIZE)).toBe(false);
});

test('a flight begins and ends where it should', () => {
  const from = { x: 0, y: 0, scale: 1 };
  const to = { x: 50, y: 20, scale: 30 };
  expect(between(from, to, 0)).toEqual(from);
  const end = between(from, to, 1);
  expect(end.x).toBeCloseTo(50);
  expect(end.scale).toBeCloseTo(30);
  const level = between(from, { ...to, scale: 1 }, 0.5);
  expect(level.x).toBeCloseTo(25);
});

test('the view is kept on the map, and in the address', () => {
  expect(kept({ x: -5, y: 900, scale: 2 }, { x: 10, y: 0, width: 90, height: 80 })).toEqual({ x: 10, y: 80, scale: 2 });
  const view = { x: 12.5, y: 3, scale: 7.25 };
  expect(parseView(viewText(view))).toEqual(view);
  expect(parseView('1,2')).toBeNull();
  expect(parseView('a,b,c')).toBeNull();
  expect(parseView(null)).toBeNull();
});
