/** Drift by zone and component: the cells of the heat map and what they are summed up to. */

import type { Row } from '../../api/questions';
import type { Severity } from '../../parts/encodings';

export interface Cell {
  readonly nodes: number;
  readonly evaluated: number;
  /** How many drift, or have findings of the kind that is asked for. */
  readonly drifted: number;
  readonly worst: Severity;
}

export interface Heat {
  readonly components: readonly string[];
  readonly zones: readonly string[];
  /** The cell of a zone and a component; '' stands for all of them. */
  readonly cell: (zone: string, component: string) => Cell | undefined;
}

type Grouped = Row & { readonly group: string | string[] };

const WORST_FIRST = ['critical', 'high', 'medium', 'low'] as const;

/** The heat map of groups by zone and component; `found` are those with findings of one kind, where one is asked for. */
export function heatOf(groups: readonly Grouped[], found: readonly Grouped[] | undefined): Heat {
  const cells = new Map<string, Cell>();
  const kinds = found && new Map(found.map((row) => [key(...pair(row)), row.nodes]));
  for (const row of groups) {
    const [zone, component] = pair(row);
    const one: Cell = {
      nodes: row.nodes,
      evaluated: row.evaluated ?? 0,
      drifted: kinds ? (kinds.get(key(zone, component)) ?? 0) : (row.drifted ?? 0),
      worst: WORST_FIRST.find((severity) => (row.by_severity?.[severity] ?? 0) > 0) ?? 'none',
    };
    for (const place of [key(zone, component), key(zone, ''), key('', component), key('', '')]) {
      cells.set(place, sum(cells.get(place), one));
    }
  }
  const names = (of: 0 | 1) => [...new Set(groups.map((row) => pair(row)[of]))].sort();
  return { zones: names(0), components: names(1), cell: (zone, component) => cells.get(key(zone, component)) };
}

/** The share that drifts, 0 to 1; null where nothing was evaluated. */
export function share(cell: Cell | undefined): number | null {
  return cell === undefined || cell.evaluated === 0 ? null : Math.min(1, cell.drifted / cell.evaluated);
}

/** The zones with those first of which most drifts. */
export function worstFirst({ zones, cell }: Heat): readonly string[] {
  return zones.toSorted((one, other) => (share(cell(other, '')) ?? -1) - (share(cell(one, '')) ?? -1));
}

function pair({ group }: Grouped): [string, string] {
  return Array.isArray(group) ? [group[0] ?? '', group[1] ?? ''] : [group, ''];
}

function key(zone: string, component: string): string {
  return `${zone}\n${component}`;
}

function sum(one: Cell | undefined, other: Cell): Cell {
  return one === undefined
    ? other
    : {
        nodes: one.nodes + other.nodes,
        evaluated: one.evaluated + other.evaluated,
        drifted: one.drifted + other.drifted,
        worst: WORST_FIRST.find((severity) => severity === one.worst || severity === other.worst) ?? 'none',
      };
}
