/** What went wrong with a question, as RFC 9457 tells it, and what to do about it. */

export interface Problem {
  /** The stable code of the service; `unreachable` where nobody answered. */
  readonly code: string;
  readonly status: number;
  readonly title: string;
  /** What was found, and what was expected. */
  readonly detail: string;
}

/** A question that was not answered. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
  }
}

const ADVICE: Readonly<Record<string, string>> = {
  unreachable: 'The service does not answer. It is asked again by itself; see whether it runs (./twin serve) and can be reached from here.',
  at_in_future: 'Choose an instant that is over, or press L for now.',
  before_retained_history: 'Nothing is retained from then. Choose a later instant.',
  not_yet_known: 'The node had no event yet at that instant. Choose a later one, or press L for now.',
  unknown_twin: 'No node has this id. Look for it with Ctrl K, or in the list of nodes.',
  invalid_filter: 'Correct the filter; docs/api.md has the fields and operators.',
  overloaded: 'The service has too much to do just now. It is asked again by itself.',
  too_many_requests: 'The service has too much to do just now. It is asked again by itself.',
  too_many_streams: 'The service streams to as many as it may. Close other windows, or raise limits.streams.',
  unavailable: 'The service takes no events; its log says why. What was there can still be read.',
  quarantined: 'The service set something aside that it could not fold. Its log says what; a rebuild tries it again.',
  internal_error: 'A fault of the service. Its log has the rest under the number of the incident.',
};

/** What to do about it. */
export function advice(problem: Problem): string {
  return ADVICE[problem.code] ?? (problem.status >= 500 ? ADVICE.internal_error! : 'The question was not understood; what was expected is said above.');
}

/** The problem in an answer that is none; where it says nothing, what its status means. */
export function problemOf(status: number, body: unknown): Problem {
  const said = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem>;
  return {
    code: said.code ?? 'internal_error',
    status,
    title: said.title ?? `The service answered ${status}`,
    detail: said.detail ?? 'It did not say why.',
  };
}

/** The problem where a question did not even get there. */
export function problemThrown(thrown: unknown): Problem {
  if (thrown instanceof Refused) {
    return thrown.problem;
  }
  return {
    code: 'unreachable',
    status: 0,
    title: 'The service cannot be reached',
    detail: thrown instanceof Error ? thrown.message : String(thrown),
  };
}
