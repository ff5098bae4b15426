/** The instant that is looked at: now, or `?at=`. Every screen shows the fleet of this moment. */

import { untrack } from 'svelte';
import { place, setParams } from './location.svelte';

const EVERY_MS = 1_000;

class Moment {
  /** The clock, once a second. */
  now = $state(Date.now());

  /** What the address says; null where it says nothing. */
  asked = $derived(place.param('at'));

  /** The instant of the past in milliseconds; null where it is now, or what is asked is no instant. */
  past = $derived(this.asked === null ? null : parseInstant(this.asked));

  /** True where the present is looked at. */
  live = $derived(this.asked === null);

  /** True where the address asks for something that is no instant. */
  unreadable = $derived(this.asked !== null && this.past === null);

  /** What a question to the service says; undefined for now. */
  at = $derived(this.past === null ? undefined : new Date(this.past).toISOString());

  /** The instant that elapsed times are measured to. */
  reference = $derived(this.past ?? this.now);

  /** How many answers on the screen are still of another instant. */
  awaited = $state(0);

  /** Says that something on the screen is still of another instant, until the answer is called. */
  awaits(): () => void {
    untrack(() => this.awaited++);
    return () => this.awaited--;
  }

  /** Looks at an instant; one that is not over yet is now. */
  set(instant: number, how: { replace?: boolean } = {}): void {
    if (instant >= Date.now() - EVERY_MS) {
      this.toLive();
    } else {
      setParams({ at: rfc3339(instant) }, how);
    }
  }

  step(byMs: number): void {
    this.set((this.past ?? Date.now()) + byMs);
  }

  toLive(): void {
    setParams({ at: null });
  }
}

export const moment = new Moment();

/** Runs the clock until the answer is called. */
export function runClock(): () => void {
  const timer = setInterval(() => (moment.now = Date.now()), EVERY_MS);
  return () => clearInterval(timer);
}

/** The milliseconds of an RFC 3339 instant, as far as it was typed (`2026-02-27`, `2026-02-27 03:45`, in UTC); null where it is none. */
export function parseInstant(text: string): number | null {
  const parts =
    /^\s*(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{1,2}:\d{2})(:\d{2}(?:\.\d+)?)?\s*(Z|UTC|[+-]\d{2}:\d{2})?)?\s*$/i.exec(text);
  if (!parts) {
    return null;
  }
  const [, day, time = '00:00', seconds = ':00', zone = 'Z'] = parts;
  const offset = /^(z|utc)$/i.test(zone) ? 'Z' : zone;
  const instant = Date.parse(`${day}T${time.padStart(5, '0')}${seconds.slice(0, 7)}${offset}`);
  return Number.isNaN(instant) ? null : instant;
}

/** An instant as the address says it: whole seconds where it has no others. */
export function rfc3339(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
