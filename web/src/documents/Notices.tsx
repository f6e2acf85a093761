import type { ReadingNotice } from '../api/types';
import { t } from '../i18n';
import { Icon } from '../ui/Icon';
import { follows } from '../ui/router';
import { isSerious, noticeWords, sortNotices } from './notice';

interface Props {
  /** Of the document, whose page shows all notices. */
  id: string;
  notices: ReadingNotice[] | undefined;
}

/** In a list, for a document whose text is whole: one sign that says all notices to a screen reader and on hover. */
export function NoticeSign({ id, notices }: Props) {
  const sorted = sortNotices(notices ?? []);
  const [first] = sorted;
  if (!first || isSerious(first)) return null;
  const words = sorted.map(noticeWords);
  return (
    <a class="notice-sign" {...follows({ page: 'document', id })} title={words.join('\n')}>
      <Icon name="info" />
      <span class="off-screen">
        {t('notice.summary')}: {words.join(' ')}
      </span>
    </a>
  );
}

/** In a list, for a document of which text is missing or may be wrong: that in one line, and how many notices there are besides. */
export function NoticeLine({ id, notices }: Props) {
  const [first, ...rest] = sortNotices(notices ?? []);
  if (!first || !isSerious(first)) return null;
  return (
    <a class="notice-line" {...follows({ page: 'document', id })}>
      <Icon name="warning" />
      <span dir="auto">
        {noticeWords(first)} {rest.length ? t('notice.more', { n: rest.length }) : ''}
      </span>
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
