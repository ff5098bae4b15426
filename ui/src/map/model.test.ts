import { expect, test } from 'vitest';
import { ABSENT, concern, debtStep, OVERLAY, OVERLAYS, rankTable, SAME } from './bits';
import { bitsOf, layoutOf, randomBits, randomOf, statesOf } from './fleets';
import { Lattice } from './lattice';
import { Model } from './model';
import { Palette } from './palette';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
const LAYOUT = layoutOf({ regions: 3, zones: 4, homes: 30 });

function told(): string {
  return `seed ${seed}`;
}

test('every home is found at its slot and by its id, and nobody elsewhere', () => {
  const lattice = new Lattice(LAYOUT);
  for (let home = 0; home < lattice.size; home++) {
    expect(lattice.homeAt(lattice.x(home) + 0.5, lattice.y(home) + 0.5)).toBe(home);
    expect(lattice.ids.find(lattice.ids.id(home))).toEqual([home]);
  }
  expect(lattice.homeAt(0, 0)).toBe(-1);
  expect(lattice.homeAt(-1, 3)).toBe(-1);
  expect(lattice.homeAt(lattice.width, 1)).toBe(-1);
  expect(lattice.ids.find('nobody')).toEqual([]);
});

test('an area is found by its place and by the names that lead to it', () => {
  const lattice = new Lattice(LAYOUT);
  for (const area of lattice.areas) {
    expect(lattice.find(lattice.names(area.number))).toBe(area.number);
    const { x, y, width, height } = lattice.bounds[area.number]!;
    if (area.level === 3) {
      expect(lattice.areaAt(x + width / 2, y + height / 2).number).toBe(area.number);
      expect(lattice.areaAt(x + width / 2, y + height / 2, 2).number).toBe(area.above);
    }
  }
  expect(lattice.areaAt(0, 0).number).toBe(0);
  expect(lattice.title(0)).toBe('Fleet');
});

test('counts follow changes as if all were counted anew', () => {
  const random = randomOf(seed);
  const model = new Model(LAYOUT);
  model.show(statesOf(LAYOUT.stamp.homes, random));
  for (let i = 0; i < 2_000; i++) {
    const home = Math.floor(random() * model.bits.length);
    model.change(home, random() < 0.1 ? ABSENT : randomBits(random));
  }
  const fresh = new Model(LAYOUT);
  fresh.show(model.bits.slice());
  for (const area of model.lattice.areas) {
    expect(model.census.nodes(area.number), told()).toBe(fresh.census.nodes(area.number));
    expect(model.census.attention(area.number), told()).toBe(fresh.census.attention(area.number));
    expect(model.census.debtP95(area.number), told()).toBe(fresh.census.debtP95(area.number));
    for (const overlay of OVERLAYS) {
      const counts = model.census.composition(area.number, overlay);
      expect([...counts], told()).toEqual([...fresh.census.composition(area.number, overlay)]);
      expect(counts.reduce((sum, value) => sum + value, 0)).toBe(model.census.nodes(area.number));
    }
  }
  model.pyramid.levels.forEach((level, i) => expect(level.bits, told()).toEqual(fresh.pyramid.levels[i]!.bits));
});

test('one bad node among many is seen from however far', () => {
  const layout = layoutOf({ regions: 2, zones: 9, homes: 400 });
  const model = new Model(layout);
  model.show(new Uint16Array(layout.stamp.homes).fill(bitsOf({})));
  const lost = bitsOf({ connectivity: 4 });
  model.change(777, lost);
  for (const level of model.pyramid.levels) {
    expect(level.bits.filter((bits) => bits === lost)).toHaveLength(1);
  }
  model.change(777, bitsOf({}));
  for (const level of model.pyramid.levels) {
    expect(level.bits.includes(lost)).toBe(false);
  }
});

test('compared, only what differs is shown', () => {
  const model = new Model(LAYOUT);
  const before = new Uint16Array(LAYOUT.stamp.homes).fill(bitsOf({}));
  const now = before.slice();
  now[5] = bitsOf({ connectivity: 3 });
  model.show(now, before);
  expect(model.differing()).toBe(1);
  const slots = model.pyramid.levels[0]!.bits;
  expect(slots[model.lattice.slot(5)]).toBe(now[5]);
  expect(slots[model.lattice.slot(6)]).toBe(SAME);
  model.change(6, bitsOf({ connectivity: 1 }));
  expect(model.differing()).toBe(2);
  model.compare(null);
  expect(slots[model.lattice.slot(7)]).toBe(bitsOf({}));
});

test('another overlay ranks by another thing', () => {
  const model = new Model(LAYOUT);
  const bits = new Uint16Array(LAYOUT.stamp.homes).fill(bitsOf({}));
  bits[0] = bitsOf({ connectivity: 4 });
  bits[1] = bitsOf({ trust: 3 });
  model.show(bits);
  const top = model.pyramid.levels.at(-1)!.bits;
  expect(top.includes(bits[0]!)).toBe(true);
  model.colour('trust');
  expect(top.includes(bits[1]!)).toBe(true);
});

test('the debt of most is the step that ninety-five of a hundred are within', () => {
  const model = new Model(layoutOf({ regions: 1, zones: 1, homes: 100 }));
  const bits = new Uint16Array(100).fill(bitsOf({}));
  model.show(bits);
  expect(model.census.debtP95(0)).toBe(0);
  bits.fill(bitsOf({ connectivity: 3, debtSeconds: 7_300 }), 0, 6);
  model.show(bits);
  expect(model.census.debtP95(0)).toBe(7_200);
  bits.fill(bitsOf({ connectivity: 3, debtSeconds: null }), 0, 100);
  model.show(bits);
  expect(model.census.debtP95(0)).toBeNull();
});

test('steps of debt begin where the format says', () => {
  const firsts = [0, 60, 300, 900, 3_600, 7_200, 14_400, 28_800, 86_400, 172_800, 345_600, 604_800, 1_209_600, 2_592_000];
  firsts.forEach((seconds, i) => {
    expect(debtStep(seconds)).toBe(i + 1);
    if (seconds > 0) {
      expect(debtStep(seconds - 1)).toBe(i);
    }
  });
  expect(debtStep(null)).toBe(15);
});

test('every value has a colour, a rank and a category in every overlay', () => {
  for (const name of OVERLAYS) {
    const ranks = rankTable(OVERLAY[name]);
    const { texels } = new Palette('dark', name, null);
    for (let bits = 0; bits < ABSENT; bits++) {
      const category = OVERLAY[name].category(bits);
      if (OVERLAY[name].categories[category] === undefined || texels[bits] === 0 || ranks[bits]! < 2) {
        expect.fail(`${name} of ${bits}`);
      }
    }
    expect(ranks[ABSENT]).toBe(0);
    expect(texels[ABSENT]).toBe(0);
  }
});

test('what is autonomous on purpose wants nobody; what is lost, failed, torn or far off does', () => {
  expect(concern(bitsOf({ connectivity: 3 }))).toBe(0);
  expect(concern(bitsOf({ connectivity: 4 }))).toBe(4);
  expect(concern(bitsOf({ trust: 3 }))).toBe(3);
  expect(concern(bitsOf({ authority: 5 }))).toBe(3);
  expect(concern(bitsOf({ drift: 3 }))).toBe(2);
  expect(concern(ABSENT)).toBe(0);
});
