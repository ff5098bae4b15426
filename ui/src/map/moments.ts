/**
 * The states of instants, asked for one at a time: while the scrubber moves, the newest wish goes
 * next and those in between are forgotten. Who goes on by equal steps finds the next one asked for
 * already: one, as more would make each other late. The last few are kept, so that going back is at
 * once.
 */

import type { Layout, States } from './bytes';
import type { At } from './source';

/** How many bytes of states are kept at most. */
export const MOST_BYTES = 64 * 1024 * 1024;
export const MOST_KEPT = 48;
/** Where an answer takes longer, nothing is asked for ahead: a wish that comes would wait for it. */
const MOST_AHEAD_MS = 600;

export interface Asker {
  readonly layout: (at: At, signal: AbortSignal) => Promise<Layout>;
  readonly states: (at: At, signal: AbortSignal) => Promise<States>;
}

export interface Shown {
  readonly at: At;
  readonly layout: Layout;
  readonly states: States;
}

export class Moments {
  readonly #asker: Asker;
  readonly #take: (shown: Shown) => void;
  readonly #fail: (thrown: unknown) => void;
  readonly #kept = new Map<number, Shown>();
  readonly #ahead = new Map<number, { readonly answer: Promise<Shown>; readonly asking: AbortController }>();
  readonly #now: () => number;
  #last: At = null;
  /** What is being asked for because it was wished for. */
  #awaited: At = null;
  #tookMs = 0;
  #layout: Layout | null = null;
  #wanted: { at: At } | null = null;
  #asking: AbortController | null = null;
  #ended = false;

  /** @param now the clock: nothing behind it is asked for ahead */
  constructor(asker: Asker, take: (shown: Shown) => void, fail: (thrown: unknown) => void, now: () => number = Date.now) {
    this.#now = now;
    this.#asker = asker;
    this.#take = take;
    this.#fail = fail;
  }

  /** Shows an instant as soon as it is known. */
  want(at: At): void {
    const kept = at === null ? undefined : this.#kept.get(at);
    if (kept) {
      this.#wanted = null;
      this.#took(kept);
      return;
    }
    this.#wanted = { at };
    if (this.#asking === null) {
      void this.#ask();
    }
  }

  /** The states of an instant, from what is kept or from the service; shown nowhere. */
  async of(at: At, signal: AbortSignal): Promise<Shown> {
    const kept = at === null ? undefined : this.#kept.get(at);
    return kept ?? this.#load(at, signal);
  }

  end(): void {
    this.#ended = true;
    this.#asking?.abort();
    this.#ahead.forEach(({ asking }) => asking.abort());
  }

  async #ask(): Promise<void> {
    while (this.#wanted !== null && !this.#ended) {
      const { at } = this.#wanted;
      this.#wanted = null;
      const asking = new AbortController();
      this.#asking = asking;
      this.#awaited = at;
      try {
        const begun = performance.now();
        const coming = at === null ? undefined : this.#ahead.get(at)?.answer;
        const shown = await (coming ?? this.#load(at, asking.signal));
        if (coming === undefined) {
          this.#tookMs = performance.now() - begun;
        }
        if (!this.#ended) {
          this.#took(shown);
        }
      } catch (thrown) {
        if (!asking.signal.aborted) {
          this.#fail(thrown);
        }
      }
    }
    this.#asking = null;
    this.#awaited = null;
  }

  /** Hands over, and asks ahead where one goes on: not while the next wish is there already. */
  #took(shown: Shown): void {
    this.#take(shown);
    const { at } = shown;
    const step = at === null || this.#last === null ? 0 : at - this.#last;
    this.#last = at;
    if (at !== null && this.#wanted === null && this.#tookMs <= MOST_AHEAD_MS) {
      this.#askAhead(step === 0 ? null : at + step);
    }
  }

  #askAhead(next: number | null): void {
    for (const [at, { asking }] of this.#ahead) {
      if (at !== next && at !== this.#awaited) {
        asking.abort();
        this.#ahead.delete(at);
      }
    }
    if (next !== null && next < this.#now() && !this.#kept.has(next) && !this.#ahead.has(next)) {
      const asking = new AbortController();
      const answer = this.#load(next, asking.signal).finally(() => this.#ahead.delete(next));
      // What fails ahead of its wish is asked for again with it.
      answer.catch(() => undefined);
      this.#ahead.set(next, { answer, asking });
    }
  }

  async #load(at: At, signal: AbortSignal): Promise<Shown> {
    const states = await this.#asker.states(at, signal);
    const { revision, homes } = states.stamp;
    let layout = this.#layout;
    if (layout === null || layout.stamp.revision !== revision || layout.stamp.homes < homes) {
      layout = await this.#asker.layout(at, signal);
      this.#layout = layout;
    }
    const shown = { at, layout, states };
    if (at !== null) {
      this.#keep(at, shown);
    }
    return shown;
  }

  #keep(at: number, shown: Shown): void {
    this.#kept.set(at, shown);
    const each = Math.max(1, shown.states.bits.byteLength);
    const most = Math.max(2, Math.min(MOST_KEPT, Math.floor(MOST_BYTES / each)));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= most) {
        return;
      }
      this.#kept.delete(oldest);
    }
  }
}
