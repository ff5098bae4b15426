/** Walking the map by keys: among siblings, in, out, and from one node that wants attention to the next. */

import { concern, isPresent, OVERLAY, WANTS_ATTENTION } from './bits';
import { CLUSTER } from './bytes';
import type { Model } from './model';

/** What is stood on: an area, and a node in it, or -1. */
export interface Standing {
  readonly area: number;
  readonly home: number;
}

export const FLEET: Standing = { area: 0, home: -1 };

export type Direction = 'left' | 'right' | 'up' | 'down';
const AHEAD: Readonly<Record<Direction, readonly [number, number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};
/** How much more a step aside counts than one ahead. */
const ASIDE = 2.5;

/** The nearest sibling in a direction; of areas, where none lies there, the next or the one before. */
export function step(model: Model, from: Standing, direction: Direction): Standing {
  if (from.home >= 0) {
    const home = nearest(homes(model, from.area), from.home, direction, (of) => [model.lattice.x(of), model.lattice.y(of)]);
    return { ...from, home };
  }
  if (from.area === 0) {
    return enter(model, from);
  }
  const above = model.lattice.areas[from.area]!.above;
  const siblings = model.lattice.inside[above]!.filter((area) => model.census.nodes(area) > 0);
  const there = nearest(siblings, from.area, direction, (area) => middle(model, area));
  const by = direction === 'right' || direction === 'down' ? 1 : -1;
  const next = siblings[siblings.indexOf(from.area) + by] ?? from.area;
  return { area: there === from.area ? next : there, home: -1 };
}

function middle(model: Model, area: number): readonly [number, number] {
  const { x, y, width, height } = model.lattice.bounds[area]!;
  return [x + width / 2, y + height / 2];
}

function nearest(among: Iterable<number>, from: number, direction: Direction, place: (of: number) => readonly [number, number]): number {
  const [x0, y0] = place(from);
  const [ax, ay] = AHEAD[direction];
  let best = from;
  let least = Infinity;
  for (const candidate of among) {
    const [x, y] = place(candidate);
    const ahead = (x - x0) * ax + (y - y0) * ay;
    const aside = Math.abs((x - x0) * ay) + Math.abs((y - y0) * ax);
    const far = ahead + ASIDE * aside;
    if (ahead > 0 && far < least) {
      least = far;
      best = candidate;
    }
  }
  return best;
}

function* homes(model: Model, area: number): Generator<number> {
  for (const home of model.lattice.homesBelow(area)) {
    if (isPresent(model.bits[home]!)) {
      yield home;
    }
  }
}

/** Into the first of what is inside; an area with a single one inside is passed through. */
export function enter(model: Model, from: Standing): Standing {
  if (from.home >= 0) {
    return from;
  }
  const inside = model.lattice.inside[from.area]!.filter((area) => model.census.nodes(area) > 0);
  const [first] = inside;
  if (first !== undefined) {
    const into: Standing = { area: first, home: -1 };
    return inside.length === 1 && model.lattice.areas[first]!.level === CLUSTER ? enter(model, into) : into;
  }
  const { value } = homes(model, from.area).next();
  return value === undefined ? from : { ...from, home: value };
}

/** One level out. */
export function leave(model: Model, from: Standing): Standing {
  if (from.home >= 0) {
    return { ...from, home: -1 };
  }
  const { above } = model.lattice.areas[from.area]!;
  if (above < 0) {
    return from;
  }
  const only = model.lattice.inside[above]!.length === 1 && model.lattice.areas[from.area]!.level === CLUSTER;
  return only ? leave(model, { area: above, home: -1 }) : { area: above, home: -1 };
}

/**
 * The next node, by place on the map, that wants attention and is chosen; from the last on to the
 * first again. Where two instants are compared, the next that differs. -1 where there is none.
 */
export function nextWanting(model: Model, from: number, by: 1 | -1, chosen: ReadonlySet<number> | null): number {
  const { category } = OVERLAY[model.overlay];
  const size = model.bits.length;
  for (let tried = 1; tried <= size; tried++) {
    const home = (((from < 0 ? (by > 0 ? -1 : 0) : from) + by * tried) % size + size) % size;
    const bits = model.bits[home]!;
    const wants = model.base === null ? concern(bits) >= WANTS_ATTENTION : model.differs(home);
    if (wants && isPresent(bits) && (chosen === null || chosen.has(category(bits)))) {
      return home;
    }
  }
  return -1;
}

/** Where a node is stood on: its cluster, and it. */
export function standingOn(model: Model, home: number): Standing {
  return { area: model.lattice.layout.clusters[home]!, home };
}

/** The way to where one stands, from the fleet down. */
export function trail(model: Model, at: Standing): { readonly title: string; readonly standing: Standing }[] {
  const areas = model.lattice.path(at.area).map((area) => ({
    title: model.lattice.title(area),
    standing: { area, home: -1 },
  }));
  return at.home < 0 ? areas : [...areas, { title: model.lattice.ids.id(at.home), standing: at }];
}

