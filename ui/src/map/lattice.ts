/** The lattice of the map: which area and which home is where, and who is beside whom. */

import { CLUSTER, MAP, REGION, type Area, type Layout, type Level, type Rect } from './bytes';
import { Ids } from './ids';

export class Lattice {
  readonly width: number;
  readonly height: number;
  readonly areas: readonly Area[];
  /** The areas in each area, by number. */
  readonly inside: readonly (readonly number[])[];
  /** The homes in each cluster, by the number of the area; empty for the others. */
  readonly homesIn: readonly (readonly number[])[];
  /** What surrounds all rectangles of each area; of the map what surrounds its regions: it has room for as many again. */
  readonly bounds: readonly Rect[];
  readonly ids: Ids;
  readonly layout: Layout;
  /** The home in each slot, row by row; -1 where none is. */
  readonly #homes: Int32Array;

  constructor(layout: Layout) {
    this.layout = layout;
    this.width = layout.width;
    this.height = layout.height;
    this.areas = layout.areas;
    this.ids = new Ids(layout);
    const settled = layout.areas.filter(({ level }) => level === REGION).flatMap(({ rects }) => rects);
    const whole = settled.length === 0 ? layout.areas[0]!.rects : settled;
    this.bounds = layout.areas.map((area) => around(area.level === MAP ? whole : area.rects));
    const inside: number[][] = layout.areas.map(() => []);
    for (const area of layout.areas) {
      if (area.above >= 0) {
        inside[area.above]!.push(area.number);
      }
    }
    this.inside = inside;
    const homesIn: number[][] = layout.areas.map(() => []);
    this.#homes = new Int32Array(this.width * this.height).fill(-1);
    for (let home = 0; home < this.size; home++) {
      homesIn[layout.clusters[home]!]!.push(home);
      this.#homes[this.slot(home)] = home;
    }
    this.homesIn = homesIn;
  }

  /** How many homes there are. */
  get size(): number {
    return this.layout.clusters.length;
  }

  x(home: number): number {
    return this.layout.slots[2 * home]!;
  }

  y(home: number): number {
    return this.layout.slots[2 * home + 1]!;
  }

  /** The number of a home's slot, row by row. */
  slot(home: number): number {
    return this.y(home) * this.width + this.x(home);
  }

  /** The home at a place of the lattice; -1 where none is. */
  homeAt(x: number, y: number): number {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const outside = column < 0 || row < 0 || column >= this.width || row >= this.height;
    return outside ? -1 : this.#homes[row * this.width + column]!;
  }

  /** The innermost area at a place, not deeper than a level; the map where there is no other. */
  areaAt(x: number, y: number, deepest: Level = CLUSTER): Area {
    let found = this.areas[0]!;
    for (let level = MAP; level < deepest; level++) {
      const next = this.inside[found.number]!.find((number) =>
        this.areas[number]!.rects.some((rect) => contains(rect, x, y)),
      );
      if (next === undefined) {
        return found;
      }
      found = this.areas[next]!;
    }
    return found;
  }

  /** Where something stands: what is shown of the map when all of it is. */
  get settled(): Rect {
    return this.bounds[MAP]!;
  }

  /** The area of a level that an area lies in, or it itself. */
  ancestor(area: number, level: Level): number {
    let at = area;
    while (this.areas[at]!.level > level) {
      at = this.areas[at]!.above;
    }
    return at;
  }

  /** From the map down to an area. */
  path(area: number): number[] {
    const above = this.areas[area]!.above;
    return above < 0 ? [area] : [...this.path(above), area];
  }

  /** The area that a path of names leads to (`region-a/edge-zone-a1`, `~` for none); the deepest that is there. */
  find(path: string): number {
    let at = 0;
    for (const name of path === '' ? [] : path.split('/')) {
      const wanted = name === '~' ? null : decodeURIComponent(name);
      const next = this.inside[at]!.find((number) => this.areas[number]!.name === wanted);
      if (next === undefined) {
        return at;
      }
      at = next;
    }
    return at;
  }

  /** The names that [find] leads to an area by. */
  names(area: number): string {
    return this.path(area)
      .slice(1)
      .map((number) => this.areas[number]!.name)
      .map((name) => (name === null ? '~' : encodeURIComponent(name)))
      .join('/');
  }

  /** What an area is called. */
  title(area: number): string {
    const of = this.areas[area]!;
    if (of.level === MAP) {
      return 'Fleet';
    }
    const [, region, zone] = ['', 'no region', 'no zone'];
    return of.name ?? (of.level === 1 ? region! : of.level === 2 ? zone! : 'no type');
  }

  /** All homes below an area. */
  *homesBelow(area: number): Generator<number> {
    yield* this.homesIn[area]!;
    for (const inner of this.inside[area]!) {
      yield* this.homesBelow(inner);
    }
  }
}

export function contains(rect: Rect, x: number, y: number): boolean {
  return x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height;
}

/** The least rectangle around some. */
export function around(rects: readonly Rect[]): Rect {
  if (rects.length === 0) {
    return { x: 0, y: 0, width: 0, height: 0 };
  }
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  const right = Math.max(...rects.map((rect) => rect.x + rect.width));
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** The largest of an area's rectangles: where its name stands. */
export function largest(rects: readonly Rect[]): Rect {
  return rects.reduce((best, rect) => (rect.width * rect.height > best.width * best.height ? rect : best));
}
