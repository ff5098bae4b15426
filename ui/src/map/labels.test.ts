import { expect, test } from 'vitest';
import { fitted, Labels } from './labels';
import { randomOf } from './fleets';
import type { Pen } from './shapes';

test('no label stands on another', () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
  const random = randomOf(seed);
  const labels = new Labels();
  const taken: { x: number; y: number; width: number; height: number }[] = [];
  for (let i = 0; i < 500; i++) {
    const one = { x: random() * 900 - 50, y: random() * 600 - 50, width: 5 + random() * 150, height: 14 };
    if (labels.take(one.x, one.y, one.width, one.height)) {
      for (const other of taken) {
        const over =
          one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;
        expect(over, `seed ${seed}`).toBe(false);
      }
      taken.push(one);
    }
  }
  expect(taken.length).toBeGreaterThan(20);
});

test('a name that does not fit keeps its end; one with no room is left out', () => {
  const pen = { font: 'test', measureText: (text: string) => ({ width: text.length * 6 }) } as unknown as Pen;
  expect(fitted(pen, 'edge-zone-a1', 100)).toBe('edge-zone-a1');
  expect(fitted(pen, 'edge-zone-a1', 50)).toBe('…zone-a1');
  expect(fitted(pen, 'edge-zone-a1', 40)).toBe('a1');
  expect(fitted(pen, 'edge-zone-a1', 14)).toBe('a1');
  expect(fitted(pen, 'edge-zone-a1', 11)).toBe('');
  expect(fitted(pen, 'sx-rempart-longer', 40)).toBe('longer');
  expect(fitted(pen, 'sx-rempartlonger', 36)).toBe('…onger');
});
