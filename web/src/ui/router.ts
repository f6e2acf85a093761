import { computed, signal } from '@preact/signals';
import { basePath, withoutBasePath } from '../api/basePath';

/** Pages of the administration, in the order of its navigation. */
export const SECTIONS = ['people', 'groups', 'keys', 'audit', 'settings', 'embedder'] as const;
export type Section = (typeof SECTIONS)[number];

export type Route =
  | { page: 'home' }
  | { page: 'conversation'; id: string }
  | { page: 'document'; id: string }
  | { page: 'administration'; section: Section }
  | { page: (typeof NAMED)[number] };

const GATES = ['sign-in', 'setup', 'reset'] as const;
/** Pages whose address is their name. */
const NAMED = ['documents', 'sources', 'account', ...GATES] as const;

// Its address before there was an administration.
if (withoutBasePath(location.pathname) === '/embedder')
  history.replaceState(null, '', `${basePath}/administration/embedder`);

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
  if (first === 'administration') return { page: first, section: SECTIONS.find((name) => name === id) ?? 'people' };
  if (first === 'embedder') return { page: 'administration', section: 'embedder' };
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
  if (target.page === 'administration') return `/administration/${target.section}`;
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

/** Whether it is a page of somebody who is not signed in yet, which stands alone. */
export function isGate(target: Route): target is { page: (typeof GATES)[number] } {
  return GATES.some((page) => page === target.page);
}

/** The path of the present page, without the base path. */
export function currentPath(): string {
  return path.value;
}

/** Loads the page again at a path, so that nothing of another reader stays in it. */
export function reloadAt(to: string): void {
  location.replace(`${basePath}${to}`);
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
