import { lazy } from '../ui/lazy';
import type { Section } from '../ui/router';

const PAGES = {
  people: lazy(() => import('./PeoplePage').then((module) => module.PeoplePage)),
  groups: lazy(() => import('./GroupsPage').then((module) => module.GroupsPage)),
  keys: lazy(() => import('./KeysPage').then((module) => module.KeysPage)),
  audit: lazy(() => import('./AuditPage').then((module) => module.AuditPage)),
  settings: lazy(() => import('./OptionsPage').then((module) => module.OptionsPage)),
  embedder: lazy(() => import('../embedder/EmbedderPage').then((module) => module.EmbedderPage)),
} as const;

/** The pages for administrators, each loaded when it is first shown. */
export function Administration({ section }: { section: Section }) {
  const Page = PAGES[section];
  return <Page key={section} />;
}
