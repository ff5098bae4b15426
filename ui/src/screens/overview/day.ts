/** The history of a day, up to the instant that is looked at. */

import { history, type History } from '../../api/questions';

const DAY_MS = 86_400_000;
const STEP_MS = 15 * 60_000;

/** A day of steps is many questions of the past: asked anew this seldom. */
export const HISTORY_EVERY_MS = 60_000;

/** Every quarter of an hour of the day before an instant, or before now, and that instant. */
export function dayOf(at: string | undefined, signal: AbortSignal): Promise<History> {
  const until = at === undefined ? Date.now() : Date.parse(at);
  return history(
    'connectivity',
    {
      since: new Date(until - DAY_MS).toISOString(),
      until: new Date(until).toISOString(),
      step: `${STEP_MS / 60_000}m`,
    },
    signal,
  );
}
