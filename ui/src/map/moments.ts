/**
 * The states of instants, asked for one at a time: while the scrubber moves, the newest wish goes
 * next and those in between are forgotten. The last few are kept, so that going back is at once.
 */

import type { Layout, States } from './bytes';
import type { At } from './source';

/** How many bytes of states are kept at most. */
export const MOST_BYTES = 64 * 1024 * 1024;
export const MOST_KEPT = 48;

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
  #layout: Layout | null = null;
  #wanted: { at: At } | null = null;
  #asking: AbortController | null = null;
  #ended = false;

  constructor(asker: Asker, take: (shown: Shown) => void, fail: (thrown: unknown) => void) {
    this.#asker = asker;
    this.#take = take;
    this.#fail = fail;
  }

  /** Shows an instant as soon as it is known. */
  want(at: At): void {
    const kept = at === null ? undefined : this.#kept.get(at);
    if (kept) {
      this.#wanted = null;
      this.#take(kept);
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
  }

  async #ask(): Promise<void> {
    while (this.#wanted !== null && !this.#ended) {
      const { at } = this.#wanted;
      this.#wanted = null;
      const asking = new AbortController();
      this.#asking = asking;
      try {
        const shown = await this.#load(at, asking.signal);
        if (!this.#ended) {
          this.#take(shown);
        }
      } catch (thrown) {
        if (!asking.signal.aborted) {
          this.#fail(thrown);
        }
      }
    }
    this.#asking = null;
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
