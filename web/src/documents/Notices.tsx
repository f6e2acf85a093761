import type { ReadingNotice } from '../api/types';
import { t } from '../i18n';
import { isSerious, noticeWords, sortNotices } from './notice';

/** How a document was read: what was left out, on demand; where text is missing, that is said at once. Nothing without notices. */
export function Notices({ notices }: { notices: ReadingNotice[] | undefined }) {
  const [first, ...rest] = sortNotices(notices ?? []);
  if (!first) return null;
  const serious = isSerious(first);
  if (serious && rest.length === 0) return <span class="notices muted">{noticeWords(first)}</span>;
  const listed = serious ? rest : [first, ...rest];
  return (
    <details class="notices muted">
      <summary>{serious ? noticeWords(first) : t('notice.summary')}</summary>
      <ul>
        {listed.map((one) => (
          <li key={one.kind} dir="auto">
            {noticeWords(one)}
          </li>
        ))}
      </ul>
    </details>
  );
}
