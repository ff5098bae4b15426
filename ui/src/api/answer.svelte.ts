/** An answer that follows its question: asked anew when what it depends on changes, and while it lives. */

import { untrack } from 'svelte';
import { moment } from '../app/moment.svelte';
import { live } from '../live/live.svelte';
import { problemThrown, type Problem } from './problem';

/** What is known of a question. `data` stays while it is asked anew, and when that fails. */
export class Answer<T> {
  data = $state.raw<T | undefined>(undefined);
  problem = $state.raw<Problem | undefined>(undefined);
  /** True while the question, as it stands now, was not answered yet. */
  loading = $state(true);
  /** When `data` was answered, in milliseconds. */
  answered = $state(0);
  /** The instant that `data` is of, in milliseconds; null where it was now. */
  of = $state<number | null>(null);
  #again = $state(0);

  /** Asks anew. */
  again(): void {
    this.#again++;
  }

  /** Makes who calls this depend on [again]. */
  heed(): void {
    void this.#again;
  }
}

export interface Asking {
  /** Ask anew where something changed in the fleet, at most so often; never without it, and never of the past. */
  readonly everyMs?: number;
}

const RETRY_MS = 3_000;

/**
 * Asks while the calling component is there. `question` is run when anything it reads before its
 * first `await` changes; null asks nothing.
 */
export function answer<T>(
  question: (signal: AbortSignal) => Promise<T> | null,
  { everyMs }: Asking = {},
): Answer<T> {
  const result = new Answer<T>();

  $effect(() => {
    result.heed();
    const controller = new AbortController();
    const asked = question(controller.signal);
    const of = untrack(() => moment.past);
    untrack(() => (result.loading = asked !== null));
    let retry: ReturnType<typeof setTimeout> | undefined;
    asked
      ?.then((data) => {
        if (!controller.signal.aborted) {
          result.data = data;
          result.problem = undefined;
          result.answered = Date.now();
          result.of = of;
          result.loading = false;
        }
      })
      .catch((thrown: unknown) => {
        if (!controller.signal.aborted) {
          result.problem = problemThrown(thrown);
          result.loading = false;
          if (result.problem.status === 0 || result.problem.status >= 500 || result.problem.status === 429) {
            retry = setTimeout(() => result.again(), RETRY_MS);
          }
        }
      });
    return () => {
      controller.abort();
      clearTimeout(retry);
    };
  });

  if (everyMs !== undefined) {
    refresh(result, everyMs);
  }
  return result;
}

/** Asks anew after changes in the fleet, once the last answer is there and old enough. */
function refresh<T>(result: Answer<T>, everyMs: number): void {
  $effect(() => {
    if (!moment.live) {
      return;
    }
    let seen = untrack(() => live.pulse);
    const timer = setInterval(() => {
      const refused = (result.problem?.status ?? 0) >= 400 && (result.problem?.status ?? 0) < 500;
      if (live.pulse !== seen && !result.loading && !refused && document.visibilityState === 'visible') {
        seen = live.pulse;
        result.again();
      }
    }, everyMs);
    return () => clearInterval(timer);
  });
}
