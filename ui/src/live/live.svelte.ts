/** The live stream as the page sees it: its health, a pulse that beats when something changed, and watches. */

import { untrack } from 'svelte';
import type { Change, FromWorker, Health, ToWorker, Watch } from './protocol';

/** What everything else is told on: it costs little, and beats when any count of the fleet changes. */
const PULSE = 'projections';

export interface Watching {
  readonly topics: readonly string[];
  readonly filter?: string;
  readonly whole?: boolean;
}

interface Watcher {
  readonly watching: Watching;
  /** `dropped` is how many more there were than are handed over. */
  readonly take: (changes: readonly Change[], dropped: number) => void;
}

class Live {
  health = $state.raw<Health>({
    status: 'connecting',
    since: Date.now(),
    heard: 0,
    reconnects: 0,
    gaps: 0,
    reason: '',
  });

  /** Goes up when something changed in the fleet, at most four times a second. */
  pulse = $state(0);

  #worker: Worker | null = null;
  #watchers: readonly Watcher[] = [];
  #asked = '';

  /** Begins to listen. */
  begin(): void {
    this.#worker = new Worker(new URL('./stream.worker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = (event: MessageEvent<FromWorker>) => this.#take(event.data);
    this.#ask();
  }

  end(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#asked = '';
  }

  /** Tells of changes until the answer is called. One watch at a time has a filter: the newest that names one. */
  watch(watching: Watching, take: Watcher['take']): () => void {
    const watcher = { watching, take };
    this.#watchers = [...this.#watchers, watcher];
    this.#ask();
    return () => {
      this.#watchers = this.#watchers.filter((other) => other !== watcher);
      this.#ask();
    };
  }

  #ask(): void {
    const topics = new Set([PULSE, ...this.#watchers.flatMap((watcher) => watcher.watching.topics)]);
    const watch: Watch = {
      topics: [...topics].sort(),
      filter: this.#watchers.findLast((watcher) => watcher.watching.filter)?.watching.filter ?? '',
      whole: this.#watchers.some((watcher) => watcher.watching.whole === true),
    };
    const asked = JSON.stringify(watch);
    if (this.#worker && asked !== this.#asked) {
      this.#asked = asked;
      const message: ToWorker = { watch };
      this.#worker.postMessage(message);
    }
  }

  #take({ health, changes, dropped, beat }: FromWorker): void {
    const healed = health.status === 'live' && this.health.status === 'lost';
    this.health = health;
    if (beat || healed) {
      this.pulse++;
    }
    const nodes = changes.filter((change) => change.node_id !== '');
    if (nodes.length === 0 && dropped === 0) {
      return;
    }
    for (const watcher of this.#watchers) {
      watcher.take(nodes, dropped);
    }
  }
}

export const live = new Live();

/** Watches while the calling component is there; anew when what `watching` reads changes, not at all while it is null. */
export function watch(watching: () => Watching | null, take: Watcher['take']): void {
  $effect(() => {
    const wanted = watching();
    return wanted === null ? undefined : untrack(() => live.watch(wanted, take));
  });
}
