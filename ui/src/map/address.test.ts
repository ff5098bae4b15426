import { expect, test } from 'vitest';
import { chosenText, readAddress, toggled } from './address';

test('an address says what is chosen, and what it says wrongly is as if it said nothing', () => {
  const read = readAddress(new URLSearchParams('overlay=drift&show=low,high-or-critical,nonsense&node=a&in=r/z&view=1,2,3&edges=off'));
  expect(read).toMatchObject({ overlay: 'drift', node: 'a', area: 'r/z', edges: false, tree: false, base: null });
  expect([...read.chosen!]).toEqual([1, 3]);
  expect(read.view).toEqual({ x: 1, y: 2, scale: 3 });
  expect(readAddress(new URLSearchParams('overlay=what&show=&base=never'))).toMatchObject({ overlay: 'connectivity', chosen: null, base: null });
});

test('chosen categories go into the address and come back', () => {
  const chosen = toggled(toggled(null, 4), 1);
  expect(chosenText('connectivity', chosen)).toBe('delayed,disconnected');
  expect(readAddress(new URLSearchParams({ show: 'delayed,disconnected' })).chosen).toEqual(chosen);
  expect(toggled(toggled(chosen, 4), 1)).toBeNull();
});
