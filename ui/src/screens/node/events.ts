/** The events of a node, read page by page, and how one of them is found by its id. */

import { ask, type Schemas } from '../../api/client';

export type StoredEvent = Schemas['StoredEvent'];

/** How many events one page has. */
export const PAGE = 200;
/** How far back an event is looked for of which only the id is known: so many pages of so many. */
const SEARCHED_PAGES = 20;
const SEARCHED = 1_000;

export interface EventsPage {
  readonly events: readonly StoredEvent[];
  readonly next_cursor?: string;
}

interface Wanted {
  readonly at: string | undefined;
  readonly type?: string | undefined;
  readonly until?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number;
}

/** A page of events, the newest first. */
export function eventsOf(id: string, wanted: Wanted, signal?: AbortSignal): Promise<EventsPage> {
  return ask('/v1/twins/{id}/events', {
    params: { path: { id }, query: { order: 'desc', limit: PAGE, ...wanted } },
    signal,
  });
}

/** The event of an id, the newest with it; undefined where it is not among the last 20,000. */
export async function eventOf(id: string, event: string, when: string | null, at: string | undefined, signal: AbortSignal): Promise<StoredEvent | undefined> {
  const is = (one: StoredEvent) => one.id === event;
  if (when !== null) {
    const query = { since: when, until: when, at, limit: SEARCHED };
    const page = await ask('/v1/twins/{id}/events', { params: { path: { id }, query }, signal });
    const found = page.events.find(is);
    if (found) {
      return found;
    }
  }
  let cursor: string | undefined;
  for (let pages = 0; pages < SEARCHED_PAGES && (pages === 0 || cursor !== undefined); pages++) {
    const page = await eventsOf(id, { at, cursor, limit: SEARCHED }, signal);
    const found = page.events.find(is);
    if (found) {
      return found;
    }
    cursor = page.next_cursor;
  }
  return undefined;
}
