import { expect, test } from 'vitest';
import { bitsOf, layoutOf } from './fleets';
import { Model } from './model';
import { enter, FLEET, leave, nextWanting, standingOn, step, trail } from './walk';
import { rows } from './tree';

function fleet(): Model {
  const layout = layoutOf({ regions: 2, zones: 4, homes: 9 });
  const model = new Model(layout);
  model.show(new Uint16Array(layout.stamp.homes).fill(bitsOf({})));
  return model;
}

test('keys lead from the fleet to a region, a zone and a node, and back out', () => {
  const model = fleet();
  const region = enter(model, FLEET);
  expect(model.lattice.title(region.area)).toBe('region-0');
  const zone = enter(model, region);
  expect(model.lattice.title(zone.area)).toBe('zone-0-0');
  const node = enter(model, enter(model, zone));
  expect(model.lattice.ids.id(node.home)).toBe('node-0-0-0');
  expect(trail(model, node).map(({ title }) => title)).toEqual(['Fleet', 'region-0', 'zone-0-0', 'core-cluster', 'node-0-0-0']);
  const titles = [];
  for (let at = leave(model, node); at.area > 0; at = leave(model, at)) {
    titles.push(model.lattice.title(at.area));
  }
  expect(titles).toEqual(['core-cluster', 'region-0']);
  expect(leave(model, FLEET)).toEqual(FLEET);
});

test('arrows go to the sibling that lies there, else to the next, and stay at the ends', () => {
  const model = fleet();
  const first = enter(model, enter(model, FLEET));
  const right = step(model, first, 'right');
  expect(model.lattice.title(right.area)).toBe('zone-0-1');
  expect(model.lattice.title(step(model, right, 'down').area)).toBe('zone-0-3');
  expect(model.lattice.title(step(model, right, 'right').area)).toBe('zone-0-2');
  expect(step(model, first, 'left')).toEqual(first);
  expect(step(model, step(model, right, 'left'), 'up')).toEqual(first);
  const node = standingOn(model, 0);
  expect(model.lattice.ids.id(step(model, node, 'right').home)).toBe('node-0-0-1');
  expect(model.lattice.y(step(model, node, 'down').home)).toBe(model.lattice.y(0) + 1);
});

test('n and p go around all that want attention, and only the chosen of them', () => {
  const model = fleet();
  expect(nextWanting(model, -1, 1, null)).toBe(-1);
  model.change(3, bitsOf({ connectivity: 4 }));
  model.change(40, bitsOf({ trust: 3 }));
  expect(nextWanting(model, -1, 1, null)).toBe(3);
  expect(nextWanting(model, 3, 1, null)).toBe(40);
  expect(nextWanting(model, 40, 1, null)).toBe(3);
  expect(nextWanting(model, 3, -1, null)).toBe(40);
  expect(nextWanting(model, 40, 1, new Set([4]))).toBe(3);
  expect(nextWanting(model, 3, 1, new Set([4]))).toBe(3);
});

test('the tree has what the map has, of what is open and chosen', () => {
  const model = fleet();
  expect(rows(model, new Set(), null).map((row) => model.lattice.title(row.area))).toEqual(['region-0', 'region-1']);
  const open = new Set([1, 2, 3]);
  const all = rows(model, open, null);
  expect(all.filter((row) => row.home >= 0)).toHaveLength(9);
  expect(all.filter((row) => row.home >= 0).at(-1)).toMatchObject({ level: 4, place: 9, of: 9 });
  model.change(4, bitsOf({ connectivity: 4 }));
  expect(rows(model, open, new Set([4])).filter((row) => row.home >= 0).map((row) => row.home)).toEqual([4]);
});
