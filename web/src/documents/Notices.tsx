import type { ReadingNotice } from '../api/types';
import { t } from '../i18n';
import { Icon } from '../ui/Icon';
import { follows } from '../ui/router';
import { isSerious, noticeWords, sortNotices } from './notice';

/**
 * In a list: one line for a document of which text is missing or may be wrong, else one sign. Both lead to the document, which shows all notices. Nothing
 * without notices.
 */
export function NoticeSign({ id, notices }: { id: string; notices: ReadingNotice[] | undefined }) {
  const sorted = sortNotices(notices ?? []);
  const [first, ...rest] = sorted;
  if (!first) return null;
  const link = follows({ page: 'document', id });
  const serious = isSerious(first);
  const others = rest.length ? t('notice.more', { n: rest.length }) : '';
  const all = sorted.map(noticeWords).join('\n');
  return (
    <a class={serious ? 'notice-sign serious' : 'notice-sign'} href={link.href} onClick={link.onClick} title={all}>
      <Icon name={serious ? 'warning' : 'info'} />
      {serious ? (
        <span dir="auto">
          {noticeWords(first)} {others}
        </span>
      ) : (
        <span class="off-screen">
          {t('notice.summary')}: {sorted.map(noticeWords).join(' ')}
        </span>
      )}
    </a>
  );
}

/** All notices in full, those about missing text first. Nothing without notices. */
export function NoticeList({ notices }: { notices: ReadingNotice[] | undefined }) {
  const sorted = sortNotices(notices ?? []);
  if (!sorted.length) return null;
  return (
    <ul class="notice-list" aria-label={t('notice.summary')}>
      {sorted.map((one) => (
        <li key={one.kind} class={isSerious(one) ? 'serious' : undefined}>
          <Icon name={isSerious(one) ? 'warning' : 'info'} />
          <span dir="auto">{noticeWords(one)}</span>
        </li>
      ))}
    </ul>
  );
}
