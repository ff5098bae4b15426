/** The rules of attention in words, and the filter that finds the nodes of an item. */

import type { Item } from '../../api/questions';
import { quoted } from '../../parts/format';

interface Rule {
  readonly title: string;
  /** What it means, and what is usually done. */
  readonly about: string;
  /** Lets through the nodes it is raised for, as far as a filter can say it. */
  readonly filter?: (cause: Record<string, string>, now: string) => string;
}

const zoned = (filter: string) => (cause: Record<string, string>) =>
  cause.zone === undefined || cause.zone === 'unassigned' ? filter : `identity.zone==${quoted(cause.zone)};${filter}`;
const drifted = (severity: string) => (cause: Record<string, string>) =>
  `drift.severity==${severity};drift.findings.path==${quoted(cause.path ?? '*')}`;

export const RULES: Readonly<Record<string, Rule>> = {
  certificate_expired: {
    title: 'Certificate expired',
    about: 'The certificate is no longer valid: its node counts as not trusted. Rotate it.',
    filter: (_, now) => `trust.certificate_valid_until=lt=${now}`,
  },
  certificate_expiring: {
    title: 'Certificate ends soon',
    about: 'The certificate ends within 30 days. See whether its rotation is planned.',
    filter: (_, now) => `trust.certificate_valid_until=gt=${now};trust.certificate_valid_until=lt=${later(now)}`,
  },
  attestation_failed: {
    title: 'Attestation failed',
    about: 'What runs there is not what should. Until it attests rightly it is not to be trusted.',
    filter: zoned('trust.attestation_state==failed'),
  },
  drift_critical: { title: 'Critical drift', about: 'What is differs critically from what should be.', filter: drifted('critical') },
  drift_high: { title: 'High drift', about: 'What is differs much from what should be.', filter: drifted('high') },
  irregular_transition: {
    title: 'Irregular change of state',
    about: 'The step does not follow from the state before: something was not told, or came in another order.',
  },
  return_overdue: {
    title: 'Not back when expected',
    about: 'The node went away and said when it would return. That is over.',
    filter: (cause, now) => zoned(`connectivity.return_eta=lt=${now}`)(cause),
  },
  replay_stalled: {
    title: 'Replay stalled',
    about: 'The node is sending what it did while away, and has not got further for half an hour.',
    filter: zoned('connectivity.state==replaying'),
  },
  silent: {
    title: 'Fell silent',
    about: 'The node is said to be reached, and nothing was heard of it for longer than its state allows.',
  },
  update_overdue: {
    title: 'Update overdue',
    about: 'The update was to be finished by now, and is neither completed nor failed.',
    filter: (cause) => `lifecycle.update.overdue==true;lifecycle.update.campaign==${quoted(cause.campaign ?? '*')}`,
  },
  epoch_ahead: {
    title: 'Epoch ahead of every claim',
    about: 'Somebody declared what should be under a term that nobody ever claimed.',
  },
  authority_conflict: {
    title: 'Conflict of authority',
    about: 'Several masters claim the domain in the same epoch. One of them has to release it.',
  },
};

const DAY_MS = 86_400_000;

function later(now: string): string {
  return new Date(Date.parse(now) + 30 * DAY_MS).toISOString();
}

/** The filter that finds the nodes of an item at an instant; null where none does. */
export function filterOf(item: Item, now: string): string | null {
  return RULES[item.rule]?.filter?.(item.cause as Record<string, string>, now) ?? null;
}
