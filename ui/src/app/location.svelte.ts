/**
 * Where the application is: the path and query of the page, which hold all view state.
 *
 * Links are plain `<a href>`; clicks on those of this origin change the place without loading.
 */

class Place {
  path = $state(globalThis.location?.pathname ?? '/');
  search = $state(globalThis.location?.search ?? '');

  /** The query, read anew when it changes. */
  params = $derived(new URLSearchParams(this.search));

  /** The value of a parameter of the query; null where it is not there. */
  param(name: string): string | null {
    return this.params.get(name);
  }
}

export const place = new Place();

/** Parameters of a query; those that are null or empty are left out. */
export type Params = Record<string, string | number | null | undefined>;

/** A query of these parameters with its question mark; empty without any. */
export function query(params: Params | URLSearchParams): string {
  const given = params instanceof URLSearchParams ? [...params] : Object.entries(params);
  const parts = given
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encode(String(value))}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** What may stand in a query as it is stays legible there: `:`, `=`, `,`, `*` and `/`. */
function encode(value: string): string {
  return encodeURIComponent(value).replace(/%(3A|3D|2C|2F|3B)/g, decodeURIComponent);
}

/** The address of a path with parameters, at the instant that is looked at now. */
export function link(path: string, params: Params = {}): string {
  return path + query({ ...params, at: 'at' in params ? params.at : place.param('at') });
}

/** The address of a node's screen. */
export function nodeLink(id: string, params: Params = {}): string {
  return link(`/nodes/${encodeURIComponent(id)}`, params);
}

/** The address of the list of nodes that a filter lets through. */
export function listLink(filter: string, sort?: string): string {
  return link('/nodes', { filter, sort });
}

/** Goes to an address of the application. */
export function go(href: string, how: { replace?: boolean } = {}): void {
  const url = new URL(href, globalThis.location.href);
  if (url.pathname === place.path && url.search === place.search) {
    return;
  }
  const moved = url.pathname !== place.path;
  history[how.replace ? 'replaceState' : 'pushState'](null, '', url);
  place.path = url.pathname;
  place.search = url.search;
  if (moved) {
    globalThis.scrollTo(0, 0);
  }
}

/** Sets parameters of the query, and leaves the others. */
export function setParams(params: Params, how: { replace?: boolean } = {}): void {
  const all: Params = { ...Object.fromEntries(place.params), ...params };
  go(place.path + query(all), how);
}

function followed(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) {
    return null;
  }
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return null;
  }
  const anchor = (event.target as Element | null)?.closest('a');
  if (!anchor || anchor.target || anchor.hasAttribute('download')) {
    return null;
  }
  const url = new URL(anchor.href);
  const ours = url.origin === globalThis.location.origin && !/^\/(v1|about|openapi|asyncapi|metrics)/.test(url.pathname);
  return ours && !url.hash ? anchor.href : null;
}

/** Follows clicks on links, and the browser's back and forward, until the answer is called. */
export function followLinks(): () => void {
  const click = (event: MouseEvent) => {
    const href = followed(event);
    if (href) {
      event.preventDefault();
      go(href);
    }
  };
  const back = () => {
    place.path = globalThis.location.pathname;
    place.search = globalThis.location.search;
  };
  document.addEventListener('click', click);
  globalThis.addEventListener('popstate', back);
  return () => {
    document.removeEventListener('click', click);
    globalThis.removeEventListener('popstate', back);
  };
}
