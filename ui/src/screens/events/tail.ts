/** The tail of the stream: its last events, newest first, and how many there were in each second. */

import type { Change } from '../../live/protocol';

export interface Line {
  /** Unlike every other's. */
  readonly key: string;
  readonly change: Change;
  /** Null where no event but time alone, or a fact of the fleet, changed the node. */
  readonly type: string | null;
  readonly timestamp: string;
  readonly id: string | null;
}

/** How many lines are kept. */
export const MOST_LINES = 2_000;
/** For how many seconds events are counted. */
export const SECONDS = 60;

/** The lines of changes, newest first. */
export function lines(changes: readonly Change[]): Line[] {
  const all: Line[] = [];
  for (const change of changes) {
    if (change.events.length === 0) {
      const key = `${change.node_id} ${change.at} ${change.cause}`;
      all.push({ key, change, type: null, timestamp: change.at, id: null });
    }
    for (const event of change.events) {
      const key = `${change.node_id} ${event.id} ${event.timestamp}`;
      all.push({ key, change, type: event.event_type, timestamp: event.timestamp, id: event.id });
    }
  }
  return all.reverse();
}

/** The tail with newer lines before it. A line that is told twice stands once. */
export function joined(newer: readonly Line[], older: readonly Line[]): Line[] {
  const seen = new Set<string>();
  return [...newer, ...older]
    .filter(({ key }) => !seen.has(key) && seen.add(key))
    .slice(0, MOST_LINES);
}

/** Counts of the last seconds, the newest last. */
export class Rate {
  #counts = new Map<number, number>();

  add(count: number, nowMs: number): void {
    const second = Math.floor(nowMs / 1_000);
    this.#counts.set(second, (this.#counts.get(second) ?? 0) + count);
    for (const other of this.#counts.keys()) {
      if (other < second - SECONDS) {
        this.#counts.delete(other);
      }
    }
  }

  /** The seconds before this one, which is not over. */
  perSecond(nowMs: number): number[] {
    const second = Math.floor(nowMs / 1_000);
    return Array.from({ length: SECONDS }, (_, i) => this.#counts.get(second - SECONDS + i) ?? 0);
  }
}
