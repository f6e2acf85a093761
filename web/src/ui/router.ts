import { computed, signal } from '@preact/signals';

export type Route =
  | { page: 'home' }
  | { page: 'conversation'; id: string }
  | { page: 'documents' }
  | { page: 'embedder' }
  | { page: 'sources' };

/** Pages whose address is their name. */
const NAMED = ['documents', 'embedder', 'sources'] as const;

const path = signal(location.pathname);
addEventListener('popstate', () => {
  path.value = location.pathname;
});

export const route = computed<Route>(() => routeOf(path.value));

export function routeOf(pathname: string): Route {
  const [first, second] = pathname.split('/').filter(Boolean);
  const named = NAMED.find((page) => page === first);
  if (named) return { page: named };
  if (first === 'c' && second) {
    try {
      return { page: 'conversation', id: decodeURIComponent(second) };
    } catch {
      return { page: 'home' };
    }
  }
  return { page: 'home' };
}

export function pathOf(target: Route): string {
  if (target.page === 'conversation') return `/c/${encodeURIComponent(target.id)}`;
  return target.page === 'home' ? '/' : `/${target.page}`;
}

/** Goes there without loading the page again. `replace` leaves no step behind in the history. */
export function go(target: Route, replace = false): void {
  const to = pathOf(target);
  if (to === location.pathname) return;
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  path.value = to;
}

/** For a link: lets the browser have its clicks with keys (a new tab, a download). */
export function follows(target: Route): { href: string; onClick: (event: MouseEvent) => void } {
  return {
    href: pathOf(target),
    onClick: (event) => {
      if (event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      go(target);
    },
  };
}
