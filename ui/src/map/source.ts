/** Asks the service for what the map shows. Instants are milliseconds; null is now. */

import { problemOf, Refused } from '../api/problem';
import { readEdges, readLayout, readStates, readTrustDomains, type Edges, type Layout, type Rect, type States, type TrustDomains } from './bytes';
import type { Lattice } from './lattice';
import type { Bundle } from './scene';

/** How many edges of nodes are shown at once. */
export const MOST_EDGES = 4_500;
/** How many bundles between zones are. */
export const MOST_BUNDLES = 500;

export type At = number | null;

function address(path: string, at: At, more: Readonly<Record<string, string | number>> = {}): string {
  const all = Object.entries({ ...more, ...(at === null ? {} : { at: new Date(at).toISOString() }) });
  const query = all.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return query === '' ? path : `${path}?${query}`;
}

async function answered(response: Response): Promise<Response> {
  if (!response.ok) {
    const body: unknown = await response.json().catch(() => undefined);
    throw new Refused(problemOf(response.status, body));
  }
  return response;
}

async function bytes(path: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const response = await fetch(path, { signal, headers: { Accept: 'application/octet-stream' } });
  return (await answered(response)).arrayBuffer();
}

export async function askLayout(at: At, signal: AbortSignal): Promise<Layout> {
  return readLayout(await bytes(address('/v1/graph/layout', at), signal));
}

export async function askStates(at: At, signal: AbortSignal): Promise<States> {
  return readStates(await bytes(address('/v1/graph/states', at), signal));
}

export async function askTrustDomains(at: At, signal: AbortSignal): Promise<TrustDomains> {
  return readTrustDomains(await bytes(address('/v1/graph/trust-domains', at), signal));
}

/** The edges of the nodes in a part of the lattice, or of one node. */
export async function askEdges(of: Rect | { readonly node: string }, at: At, signal: AbortSignal): Promise<Edges> {
  const where: Record<string, string> =
    'node' in of ? { node: of.node } : { box: [of.x, of.y, of.width, of.height].join(',') };
  return readEdges(await bytes(address('/v1/graph/edges', at, { ...where, limit: MOST_EDGES }), signal));
}

/** The bundles between zones of a lattice, and how many there are. */
export async function askBundles(lattice: Lattice, at: At, signal: AbortSignal): Promise<{ bundles: Bundle[]; total: number }> {
  const response = await fetch(address('/v1/graph', at, { limit: 1, bundles: 'between' }), { signal });
  const body = (await (await answered(response)).json()) as {
    totals: { bundles: number };
    bundles: { from_zone: string | null; to_zone: string | null; edges: number; by_health: Record<string, number>; crossing: number }[];
  };
  const zones = new Map<string | null, number>();
  for (const area of lattice.areas) {
    if (area.level === 2 && !zones.has(area.name)) {
      zones.set(area.name, area.number);
    }
  }
  const bundles = body.bundles.flatMap((told) => {
    const from = zones.get(told.from_zone);
    const to = zones.get(told.to_zone);
    if (from === undefined || to === undefined) {
      return [];
    }
    const { degraded = 0, down = 0 } = told.by_health;
    return [{ from, to, edges: told.edges, degraded, down, crossing: told.crossing }];
  });
  return { bundles, total: body.totals.bundles };
}

/** How many changes there were in each of the equal parts of a span. */
export interface Density {
  readonly since: number;
  readonly until: number;
  readonly counts: readonly number[];
}

export async function askDensity(since: number, until: number, steps: number, signal: AbortSignal): Promise<Density> {
  const span = { since: new Date(since).toISOString(), until: new Date(until).toISOString(), steps };
  const response = await fetch(address('/v1/graph/changes', null, span), { signal });
  const body = (await (await answered(response)).json()) as { counts: number[] };
  return { since, until, counts: body.counts };
}
