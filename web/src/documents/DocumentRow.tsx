import '../tags/tags.css';
import { contentAddress } from '../api/library';
import { asApiError } from '../api/problem';
import type { DocumentItem } from '../api/types';
import { canWrite } from '../collections/permissions';
import { t } from '../i18n';
import { wordsOf } from '../ui/ErrorNote';
import { Menu, type MenuItem } from '../ui/Menu';
import { notify } from '../ui/notifications';
import { follows } from '../ui/router';
import { current } from './collections';
import { readAgain, select, selected } from './list';
import { NoticeLine, NoticeSign } from './Notices';
import { progressWords } from './progressWords';
import { StatusLabel } from './StatusLabel';
import { TextWarning } from './TextWarning';
import { deleting } from './Toolbar';

export function DocumentRow({ item }: { item: DocumentItem }) {
  const { title } = item;
  const on = selected.value.has(item.id);
  const link = follows({ page: 'document', id: item.id });
  const writable = current.value === undefined || canWrite(current.value);
  return (
    <li class={on ? 'document on' : 'document'}>
      {writable ? (
        <label class="tick">
          <input
            type="checkbox"
            checked={on}
            aria-label={t('documents.select', { title })}
            onChange={(event) => select(item.id, event.currentTarget.checked)}
          />
        </label>
      ) : (
        <span />
      )}
      <div class="document-main">
        <a class="document-title" dir="auto" href={link.href} onClick={link.onClick}>
          {title}
        </a>
        <span class="document-where muted">
          <span dir="auto">{placeOf(item.uri)}</span>
          <NoticeSign id={item.id} notices={item.notices} />
        </span>
        {item.status === 'failed' ? <Failed item={item} writable={writable} /> : null}
        {/* The reason of a failure says all that the warning does. */}
        {item.status === 'failed' ? null : <TextWarning warning={item.warning} />}
        <NoticeLine id={item.id} notices={item.notices} />
        {item.tags?.length ? (
          <ul class="tags" aria-label={t('documents.tags')}>
            {item.tags.map((tag) => (
              <li key={tag} dir="auto">
                {tag}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      <span class="document-state">
        {item.status === 'done' ? (
          <span class="muted">{t('documents.passages', { n: item.passages })}</span>
        ) : (
          <>
            {item.progress?.phase === 'embedding' ? <span class="muted">{progressWords(item.progress)}</span> : null}
            <StatusLabel status={item.status} />
          </>
        )}
      </span>
      <Menu
        label={t('documents.actions', { title })}
        items={[
          { icon: 'external', label: t('documents.open'), href: contentAddress(item.id) },
          ...(writable ? changesOf(item) : []),
        ]}
      />
    </li>
  );
}

function changesOf(item: DocumentItem): MenuItem[] {
  return [
    { icon: 'retry', label: t('documents.reingest', { n: 1 }), onSelect: () => void reingestDocument(item) },
    {
      icon: 'trash',
      label: t('documents.delete', { n: 1 }),
      danger: true,
      onSelect: () => {
        deleting.value = [item.id];
      },
    },
  ];
}

function Failed({ item, writable }: { item: DocumentItem; writable: boolean }) {
  return (
    <span class="reason">
      {item.reason ?? t('status.failed')}{' '}
      {writable ? (
        <button type="button" class="quiet" onClick={() => void reingestDocument(item)}>
          {t('documents.retry')}
        </button>
      ) : null}
    </span>
  );
}

async function reingestDocument(item: DocumentItem): Promise<void> {
  try {
    await readAgain([item]);
    notify(t('documents.reingested', { n: 1 }));
  } catch (thrown) {
    notify(wordsOf(asApiError(thrown).problem));
  }
}

/** The path of a location within its source, for people. */
export function placeOf(uri: string): string {
  return uri.replace(/^(folder|upload|text):/, '');
}
