import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n/administration';
import { follows, type Route, route, SECTIONS } from '../ui/router';

const PAGES: readonly (readonly [Route, string])[] = [
  ...SECTIONS.map((section) => [{ page: 'administration', section } as const, section] as const),
  [{ page: 'sources' }, 'sources'],
];

/** The pages of the administration. Where they do not fit beside each other, they scroll. */
export function AdministrationNav() {
  const here = route.value;
  const list = useRef<HTMLElement>(null);
  const current = here.page === 'administration' ? here.section : here.page;
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <nav class="sections" aria-label={t('admin.nav')} ref={list}>
      <ul>
        {PAGES.map(([to, name]) => {
          const link = follows(to);
          return (
            <li key={name}>
              <a href={link.href} onClick={link.onClick} aria-current={name === current ? 'page' : undefined}>
                {t(`admin.${name}` as 'admin.people')}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
