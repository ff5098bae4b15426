/** What a change on the stream makes of a node's two bytes. Only the parts it tells of are changed. */

import { ABSENT, debtStep, isPresent, UNKNOWN_DEBT } from './bits';
import { STATES } from '../parts/encodings';

/** The parts of a twin that the map shows, as far as a change tells them. */
export interface ToldTwin {
  readonly identity?: { readonly region?: string | null; readonly zone?: string | null };
  readonly connectivity?: { readonly state?: string | null; readonly sync_debt_seconds?: number | null };
  readonly lifecycle?: { readonly phase?: string | null };
  readonly drift?: { readonly status?: string; readonly severity?: string };
  readonly trust?: { readonly integrity_state?: string };
  readonly authority?: { readonly level?: string; readonly conflict?: boolean } | null;
}

/** The topics that tell of all the map shows. */
export const TOPICS = ['connectivity', 'drift', 'lifecycle', 'trust', 'authority', 'graph'] as const;

const PIPS: Readonly<Record<string, number>> = { none: 0, low: 1, medium: 2, high: 3, critical: 3 };
const TRUST: Readonly<Record<string, number>> = { verified: 0, degraded: 1, stale: 1, unverified: 2, failed: 3 };
const LEVELS: Readonly<Record<string, number>> = { global: 1, regional: 2, local: 3, autonomous: 4 };
const UNEVALUATED = new Set(['unknown', 'comparison_error']);
const NOT_EVALUATED = 0x4000;
const NEVER_TOLD = 7;

/** The two bytes of a node after a change. */
export function after(bits: number, twin: ToldTwin): number {
  if (twin.lifecycle?.phase === 'decommissioned') {
    return ABSENT;
  }
  // Of who was not there only some parts are told: the rest is as for one never heard of.
  let now = isPresent(bits) ? bits : NEVER_TOLD | (UNKNOWN_DEBT << 10);
  if (twin.connectivity) {
    const state = STATES.indexOf(twin.connectivity.state as (typeof STATES)[number]);
    const live = state === 0;
    now = put(now, 0, 7, state < 0 ? NEVER_TOLD : state);
    now = put(now, 10, 15, live ? 0 : debtStep(twin.connectivity.sync_debt_seconds ?? null));
  }
  if (twin.drift) {
    now = put(now, 3, 3, PIPS[twin.drift.severity ?? 'none'] ?? 0);
    now = UNEVALUATED.has(twin.drift.status ?? 'unknown') ? now | NOT_EVALUATED : now & ~NOT_EVALUATED;
  }
  if (twin.trust) {
    now = put(now, 5, 3, TRUST[twin.trust.integrity_state ?? ''] ?? 2);
  }
  if (twin.authority !== undefined) {
    const level = twin.authority?.conflict ? 5 : (LEVELS[twin.authority?.level ?? ''] ?? 0);
    now = put(now, 7, 7, level);
  }
  return now;
}

function put(bits: number, shift: number, mask: number, value: number): number {
  return (bits & ~(mask << shift)) | (value << shift);
}
