/** What is drawn: the arrays, and what was chosen. Handed to `draw` with each frame. */

import type { Edges, TrustDomains } from './bytes';
import type { Model } from './model';
import type { Palette } from './palette';
import type { Sprites } from './sprites';

/** Edges between two zones, as one. */
export interface Bundle {
  /** The numbers of the zones' areas. */
  readonly from: number;
  readonly to: number;
  readonly edges: number;
  readonly degraded: number;
  readonly down: number;
  readonly crossing: number;
}

export interface Scene {
  readonly model: Model;
  readonly palette: Palette;
  readonly sprites: Sprites;
  /** Of nodes, as far as they were asked for; drawn where nodes have shapes. */
  edges: Edges;
  /** Between zones; drawn where nodes are too small for edges. */
  bundles: readonly Bundle[];
  domains: DomainsOfAreas | null;
  /** The home that is chosen, and the one under the pointer; -1 for none. */
  selected: number;
  hovered: number;
  /** The area that is stood on; 0 for all of the map. */
  area: number;
  /** The area under the pointer; 0 for none. */
  hoveredArea: number;
  /** Whether edges are drawn. */
  showEdges: boolean;
  /** False where somebody wants nothing to move. */
  moves: boolean;
}

/** Which trust domain an area is in, where all of its nodes are in one. */
export interface DomainsOfAreas {
  readonly names: readonly (string | null)[];
  /** By area: the number of its domain, {@link MIXED}, or {@link NOBODY}. */
  readonly of: Int32Array;
  /** The domain of most nodes: it has no frame. */
  readonly common: number;
  readonly homes: Uint16Array;
}

export const MIXED = -1;
export const NOBODY = -2;

/** Finds the areas that are in one domain. */
export function domainsOfAreas(model: Model, domains: TrustDomains): DomainsOfAreas {
  const { lattice } = model;
  const of = new Int32Array(lattice.areas.length).fill(NOBODY);
  const counts = new Map<number, number>();
  for (let home = 0; home < Math.min(lattice.size, domains.of.length); home++) {
    if ((model.bits[home]! & 0x8000) === 0) {
      const domain = domains.of[home]!;
      const cluster = lattice.layout.clusters[home]!;
      of[cluster] = joined(of[cluster]!, domain);
      counts.set(domain, (counts.get(domain) ?? 0) + 1);
    }
  }
  for (let area = of.length - 1; area > 0; area--) {
    const above = lattice.areas[area]!.above;
    if (of[area] !== NOBODY) {
      of[above] = joined(of[above]!, of[area]!);
    }
  }
  const common = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
  return { names: domains.names, of, common, homes: domains.of };
}

function joined(one: number, other: number): number {
  return one === NOBODY ? other : one === other ? one : MIXED;
}
