import { expect, test } from 'vitest';
import { concern, WANTS_ATTENTION } from './bits';
import { bitsOf, layoutOf } from './fleets';
import { Model } from './model';
import { wanting } from './words';

test('an area says how many of its nodes want attention, and each reason that any of them has', () => {
  const model = new Model(layoutOf({ regions: 1, zones: 1, homes: 6 }));
  const bits = [{}, { connectivity: 4 }, { trust: 3 }, { authority: 5, drift: 3 }, { drift: 3 }, { connectivity: 3 }].map(bitsOf);
  model.show(Uint16Array.from(bits));
  expect(bits.filter((one) => concern(one) >= WANTS_ATTENTION)).toHaveLength(4);
  expect(wanting(model.census, 0)).toBe('4: 1 disconnected, 1 failed trust, 1 authority in conflict, 2 high or critical drift');
});

test('an area where nobody wants anything says so', () => {
  const model = new Model(layoutOf({ regions: 1, zones: 1, homes: 2 }));
  model.show(Uint16Array.from([{}, {}].map(bitsOf)));
  expect(wanting(model.census, 0)).toBe('none');
});
