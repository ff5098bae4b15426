/** The rows of the tree that says what the map shows: areas that are open, and the nodes in them. */

import { isPresent, OVERLAY } from './bits';
import type { Model } from './model';

export interface Row {
  readonly area: number;
  /** -1 for an area's own row. */
  readonly home: number;
  /** From 1. */
  readonly level: number;
  readonly open: boolean | null;
  /** Its place among its siblings, from 1, and how many they are. */
  readonly place: number;
  readonly of: number;
}

/**
 * The rows in order. Areas without nodes are left out; where categories are chosen, so are the other
 * nodes, and where two instants are compared, those that are the same.
 */
export function rows(model: Model, open: ReadonlySet<number>, chosen: ReadonlySet<number> | null): Row[] {
  const found: Row[] = [];
  addAreas(model, 0, 1, open, chosen, found);
  return found;
}

function addAreas(model: Model, above: number, level: number, open: ReadonlySet<number>, chosen: ReadonlySet<number> | null, rows: Row[]): void {
  const areas = model.lattice.inside[above]!.filter((area) => model.census.nodes(area) > 0);
  areas.forEach((area, i) => {
    rows.push({ area, home: -1, level, open: open.has(area), place: i + 1, of: areas.length });
    if (open.has(area)) {
      addAreas(model, area, level + 1, open, chosen, rows);
      addHomes(model, area, level + 1, chosen, rows);
    }
  });
}

function addHomes(model: Model, area: number, level: number, chosen: ReadonlySet<number> | null, rows: Row[]): void {
  const { category } = OVERLAY[model.overlay];
  const homes = model.lattice.homesIn[area]!.filter((home) => {
    const bits = model.bits[home]!;
    return isPresent(bits) && (chosen === null || chosen.has(category(bits))) && model.differs(home);
  });
  homes.forEach((home, i) => rows.push({ area, home, level, open: null, place: i + 1, of: homes.length }));
}

/** The row of what is stood on; -1 where it is in no open area. */
export function rowOf(rows: readonly Row[], area: number, home: number): number {
  return rows.findIndex((row) => row.area === area && row.home === home);
}
