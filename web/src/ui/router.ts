import { computed, signal } from '@preact/signals';
import { basePath, withoutBasePath } from '../api/basePath';

export type Route =
  | { page: 'home' }
  | { page: 'conversation'; id: string }
  | { page: 'documents' }
  | { page: 'document'; id: string }
  | { page: 'embedder' }
  | { page: 'sources' };

/** Pages whose address is their name. */
const NAMED = ['documents', 'embedder', 'sources'] as const;

/** As the server sees it. */
const path = signal(withoutBasePath(location.pathname));
addEventListener('popstate', () => {
  path.value = withoutBasePath(location.pathname);
});

export const route = computed<Route>(() => routeOf(path.value));

export function routeOf(pathname: string): Route {
  const [first, second] = pathname.split('/').filter(Boolean);
  const id = decoded(second);
  if (first === 'c' && id) return { page: 'conversation', id };
  if (first === 'documents' && id) return { page: 'document', id };
  const named = NAMED.find((page) => page === first);
  return named ? { page: named } : { page: 'home' };
}

/** A part of an address; undefined of one that is none. */
function decoded(part: string | undefined): string | undefined {
  try {
    return part && decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

export function pathOf(target: Route): string {
  if (target.page === 'conversation') return `/c/${encodeURIComponent(target.id)}`;
  if (target.page === 'document') return `/documents/${encodeURIComponent(target.id)}`;
  return target.page === 'home' ? '/' : `/${target.page}`;
}

/** Goes there without loading the page again. `replace` leaves no step behind in the history. */
export function go(target: Route, replace = false): void {
  const to = pathOf(target);
  if (to === path.value && `${basePath}${to}` === location.pathname) return;
  if (replace) history.replaceState(null, '', `${basePath}${to}`);
  else history.pushState(null, '', `${basePath}${to}`);
  path.value = to;
}

/** For a link: lets the browser have its clicks with keys (a new tab, a download). */
export function follows(target: Route): { href: string; onClick: (event: MouseEvent) => void } {
  return {
    href: `${basePath}${pathOf(target)}`,
    onClick: (event) => {
      if (event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      go(target);
    },
  };
}
