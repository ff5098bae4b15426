/** The nodes that were heard of last, each with its last event: what came before where there is no stream. */

import { ask } from '../../api/client';
import type { Line } from './tail';

export interface Heard {
  readonly identity: { readonly immutable_id: string; readonly zone: string | null };
  readonly connectivity: { readonly state: string | null };
  readonly drift: { readonly severity?: string };
  readonly event: { readonly id: string; readonly event_type: string; readonly timestamp: string } | undefined;
}

const FIELDS = 'identity,connectivity.state,drift.severity,meta';

/** The last `most` that fit a filter, by an instant; undefined is now. */
export async function lastHeard(at: string | undefined, filter: string, most: number, signal: AbortSignal): Promise<Heard[]> {
  const page = (await ask('/v1/twins', {
    params: { query: { at, filter, sort: '-meta.updated_at', limit: most, fields: FIELDS } },
    signal,
  })) as unknown as { twins: Heard[] };
  return Promise.all(
    page.twins.map(async (twin) => {
      const { events } = await ask('/v1/twins/{id}/events', {
        params: { path: { id: twin.identity.immutable_id }, query: { at, order: 'desc', limit: 1 } },
        signal,
      });
      return { ...twin, event: events[0] as Heard['event'] };
    }),
  );
}

/** The same as lines of the tail. */
export function linesOf(all: readonly Heard[]): Line[] {
  return all.flatMap(({ identity, connectivity, drift, event }) => {
    if (event === undefined) {
      return [];
    }
    const { id, event_type: type, timestamp } = event;
    const change = {
      node_id: identity.immutable_id,
      at: timestamp,
      cause: 'events',
      events: [event],
      topics: [],
      enter: false,
      leave: false,
      state: connectivity.state ?? undefined,
      severity: drift.severity,
      zone: identity.zone ?? undefined,
    };
    return [{ key: `${change.node_id} ${id} ${timestamp}`, change, type, timestamp, id }];
  });
}
