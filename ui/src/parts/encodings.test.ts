import { describe, expect, test } from 'vitest';
import { contrast, distance, VISIONS, type Vision } from './colour';
import {
  cssVariables,
  debtShare,
  GROUNDS,
  SHOWN,
  STATE,
  STATES,
  SURFACE,
  THEMES,
  type Surface,
} from './encodings';

const LEAST_DISTANCE = 12;
const LEAST_CONTRAST_OF_MARKS = 3;
const LEAST_CONTRAST_OF_TEXT = 4.5;

describe.each(THEMES)('in the %s theme', (theme) => {
  test.each(Object.keys(VISIONS) as Vision[])('states are told apart with %s vision', (vision) => {
    for (const one of STATES) {
      for (const other of STATES.filter((another) => another !== one)) {
        const found = distance(STATE[one].colour[theme], STATE[other].colour[theme], vision);
        expect(found, `${one} and ${other}`).toBeGreaterThanOrEqual(LEAST_DISTANCE);
      }
    }
  });

  test.each(GROUNDS)('states stand out from %s', (ground) => {
    for (const shown of SHOWN) {
      const found = contrast(STATE[shown].colour[theme], SURFACE[ground][theme]);
      expect(found, shown).toBeGreaterThanOrEqual(LEAST_CONTRAST_OF_MARKS);
    }
  });

  test('text can be read wherever it stands', () => {
    const inks: Surface[] = ['ink', 'muted', 'bad', 'good'];
    const pairs: [Surface, Surface][] = [
      ['past-ink', 'past'],
      ['stale-ink', 'stale'],
    ];
    for (const ground of [...GROUNDS, 'hover' as const]) {
      pairs.push(...inks.map((ink): [Surface, Surface] => [ink, ground]));
    }
    for (const [ink, ground] of pairs) {
      const found = contrast(SURFACE[ink][theme], SURFACE[ground][theme]);
      expect(found, `${ink} on ${ground}`).toBeGreaterThanOrEqual(LEAST_CONTRAST_OF_TEXT);
    }
  });

  test.each(['edge', 'focus'] as const)('what can be operated shows: %s', (name) => {
    for (const ground of [...GROUNDS, 'hover' as const]) {
      const found = contrast(SURFACE[name][theme], SURFACE[ground][theme]);
      expect(found, ground).toBeGreaterThanOrEqual(LEAST_CONTRAST_OF_MARKS);
    }
  });

  test('every state has its variable', () => {
    for (const shown of SHOWN) {
      expect(cssVariables(theme)).toContain(`--state-${shown}: ${STATE[shown].colour[theme]};`);
    }
  });
});

test('no two states have one shape', () => {
  expect(new Set(SHOWN.map((shown) => STATE[shown].shape)).size).toBe(SHOWN.length);
});

test('the distance of black and white is a hundred', () => {
  expect(distance('#000000', '#ffffff')).toBeCloseTo(100, 3);
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6);
});

test('a debt bar is empty at a second and full at thirty days', () => {
  expect(debtShare(0)).toBe(0);
  expect(debtShare(1)).toBe(0);
  expect(debtShare(3_600)).toBeGreaterThan(debtShare(60));
  expect(debtShare(30 * 86_400)).toBe(1);
  expect(debtShare(90 * 86_400)).toBe(1);
});
