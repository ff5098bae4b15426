/** When one node changed: what is asked about it is asked anew then, and not when others change. */

import { onDestroy } from 'svelte';
import { moment } from '../../app/moment.svelte';
import { live, watch } from '../../live/live.svelte';
import { quoted } from '../../parts/format';

/** At most so often is anything asked anew. */
const EVERY_MS = 1_000;
/** What time alone moves is asked anew so often. */
const TIME_MS = 60_000;

export interface Changes {
  /** Goes up when the node changed; questions that read it are asked anew. */
  readonly count: number;
}

/** Follows a node while the calling component is there; nothing changes of the past. */
export function changesOf(id: () => string): Changes {
  let count = $state(0);
  let due: ReturnType<typeof setTimeout> | undefined;
  let last = Date.now();

  const changed = () => {
    due ??= setTimeout(
      () => {
        due = undefined;
        last = Date.now();
        count++;
      },
      Math.max(0, last + EVERY_MS - Date.now()),
    );
  };

  watch(
    () => (moment.live ? { topics: ['twins'], filter: `id==${quoted(id())}` } : null),
    (changes, dropped) => {
      if (dropped > 0 || changes.some((change) => change.node_id === id())) {
        changed();
      }
    },
  );

  let lost = false;
  $effect(() => {
    const status = live.health.status;
    if (status === 'live' && lost) {
      changed();
    }
    lost = status === 'lost';
  });

  const timer = setInterval(() => moment.live && document.visibilityState === 'visible' && changed(), TIME_MS);
  onDestroy(() => {
    clearInterval(timer);
    clearTimeout(due);
  });
  return {
    get count() {
      return count;
    },
  };
}
