/** When certificates end, week by week. */

const WEEK = 7 * 86_400;
export const WEEKS = 13;

export interface Step {
  /** How many weeks from now it begins; null for what has ended. */
  readonly week: number | null;
  /** The seconds from now in which it begins and ends; it begins nowhere for what has ended. */
  readonly from: number | null;
  readonly to: number;
  readonly count: number;
}

/** How many have ended, and how many end in each of the next weeks. */
export function horizon(certificates: readonly { readonly remaining_seconds: number; readonly expired: boolean }[]): Step[] {
  const counts = new Array<number>(WEEKS).fill(0);
  let ended = 0;
  for (const { remaining_seconds, expired } of certificates) {
    const week = Math.floor(remaining_seconds / WEEK);
    if (expired) {
      ended++;
    } else if (week < WEEKS) {
      counts[week]!++;
    }
  }
  return [
    { week: null, from: null, to: 0, count: ended },
    ...counts.map((count, week) => ({ week, from: week * WEEK, to: (week + 1) * WEEK, count })),
  ];
}
