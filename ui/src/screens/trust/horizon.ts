/** When certificates end, in the steps in which one thinks of it. */

const DAY = 86_400;

export interface Step {
  readonly name: string;
  /** Ends within so many seconds from now; the step begins where the one before ends. */
  readonly seconds: number;
  readonly count: number;
}

const STEPS = [
  { name: 'ended', seconds: 0 },
  { name: '1 day', seconds: DAY },
  { name: '7 days', seconds: 7 * DAY },
  { name: '30 days', seconds: 30 * DAY },
  { name: '90 days', seconds: 90 * DAY },
];

/** How many end in each step, of those that end within the last one. */
export function horizon(certificates: readonly { readonly remaining_seconds: number; readonly expired: boolean }[]): Step[] {
  const counts = STEPS.map(() => 0);
  for (const { remaining_seconds, expired } of certificates) {
    const step = expired ? 0 : STEPS.findIndex(({ seconds }, i) => i > 0 && remaining_seconds <= seconds);
    if (step >= 0) {
      counts[step]!++;
    }
  }
  return STEPS.map((step, i) => ({ ...step, count: counts[i]! }));
}
