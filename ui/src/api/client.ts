/** Questions to the service, typed by `openapi.yaml`. */

import createClient, { type FetchResponse, type MaybeOptionalInit } from 'openapi-fetch';
import type { components, paths } from './schema';
import { problemOf, Refused } from './problem';

export type Schemas = components['schemas'];

const client = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? '',
  querySerializer: (query) =>
    Object.entries(query)
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
      .join('&'),
});

type GetPaths = { [P in keyof paths]: paths[P] extends { get: object } ? P : never }[keyof paths];
type Init<P extends GetPaths> = MaybeOptionalInit<paths[P], 'get'>;
type Body<P extends GetPaths> = NonNullable<FetchResponse<GetOf<P>, object, 'application/json'>['data']>;
type GetOf<P extends GetPaths> = paths[P] extends { get: infer G } ? G & Record<string | number, unknown> : never;

/**
 * The answer to a `GET`.
 *
 * @throws Refused where the service answers with a problem; what `fetch` throws where it does not answer
 */
export async function ask<P extends GetPaths>(path: P, init: Init<P>): Promise<Body<P>> {
  // The client's own overloads do not survive a path that is a type parameter.
  const get = client.GET as unknown as (
    path: string,
    init: unknown,
  ) => Promise<{ data?: Body<P>; error?: unknown; response: Response }>;
  const { data, error, response } = await get(path, init);
  if (!response.ok) {
    throw new Refused(problemOf(response.status, error));
  }
  return data as Body<P>;
}

/** Posts a document, and answers what came back. */
export async function tell(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    throw new Refused(problemOf(response.status, answer));
  }
  return answer;
}
