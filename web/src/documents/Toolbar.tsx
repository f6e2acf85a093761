import { signal } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import { asApiError } from '../api/problem';
import type { DocumentStatus } from '../api/types';
import { canWrite } from '../collections/permissions';
import { t } from '../i18n';
import { Dialog } from '../ui/Dialog';
import { ErrorNote, wordsOf } from '../ui/ErrorNote';
import { Icon } from '../ui/Icon';
import { notify } from '../ui/notifications';
import { current } from './collections';
import { ListFilterButton, ListFilterChips } from './ListFilter';
import { filter, filtered, items, readAgain, removeAll, select, selectAll, selected, setFilter } from './list';

/** Ids of the documents whose deletion is to be confirmed. */
export const deleting = signal<readonly string[]>([]);
const STATUSES = ['queued', 'running', 'done', 'failed'] as const satisfies readonly DocumentStatus[];
/** Milliseconds after the last letter before the list is searched. */
const CALM = 250;

export function Toolbar() {
  return (
    <>
      {items.value.length || filtered.value ? (
        <div class="toolbar">
          <Search />
          <select
            aria-label={t('documents.status')}
            value={filter.value.status}
            onChange={(event) => setFilter({ status: event.currentTarget.value as DocumentStatus | '' })}
          >
            <option value="">{t('documents.all')}</option>
            {STATUSES.map((status) => (
              <option key={status} value={status}>
                {t(`status.${status}`)}
              </option>
            ))}
          </select>
          <ListFilterButton />
        </div>
      ) : null}
      <ListFilterChips />
      {items.value.length && current.value && canWrite(current.value) ? <Selection /> : null}
      {deleting.value.length ? <DeleteDialog ids={deleting.value} /> : null}
    </>
  );
}

function Search() {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  return (
    <label class="search">
      <Icon name="search" />
      <input
        id="document-search"
        type="search"
        aria-label={t('documents.search')}
        placeholder={t('documents.search')}
        value={filter.value.query}
        onInput={(event) => {
          const query = event.currentTarget.value.trim();
          clearTimeout(timer.current);
          timer.current = setTimeout(() => setFilter({ query }), CALM);
        }}
      />
    </label>
  );
}

function Selection() {
  const n = selected.value.size;
  const all = n > 0 && n >= items.value.length;
  const readSelected = async () => {
    try {
      await readAgain(items.value.filter((item) => selected.value.has(item.id)));
      notify(t('documents.reingested', { n }));
      selectAll(false);
    } catch (thrown) {
      notify(wordsOf(asApiError(thrown).problem));
    }
  };
  return (
    <div class="selection">
      <label>
        <input
          type="checkbox"
          checked={all}
          indeterminate={n > 0 && !all}
          onChange={(event) => selectAll(event.currentTarget.checked)}
        />
        <span class="muted">{n ? t('documents.selected', { n }) : t('documents.selectAll')}</span>
      </label>
      {n ? (
        <div class="selection-actions">
          <button type="button" onClick={() => void readSelected()}>
            {t('documents.reingest', { n })}
          </button>
          <button
            type="button"
            class="danger-text"
            onClick={() => {
              deleting.value = [...selected.value];
            }}
          >
            {t('documents.delete', { n })}
          </button>
        </div>
      ) : null}
    </div>
  );
}

function DeleteDialog({ ids }: { ids: readonly string[] }) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Awaited<ReturnType<typeof removeAll>>>([]);
  const close = () => {
    deleting.value = [];
  };
  const erase = async () => {
    setBusy(true);
    const errors = await removeAll(ids);
    setBusy(false);
    setFailed(errors);
    if (errors.length) return;
    for (const id of ids) select(id, false);
    notify(t('documents.deleted', { n: ids.length }));
    close();
  };
  const first = failed[0];
  return (
    <Dialog title={t('documents.deleteAsk', { n: ids.length })} onClose={close}>
      <p>{t('documents.deleteText')}</p>
      {first ? (
        <>
          <p class="bad-text">{t('documents.deleteFailed', { n: failed.length })}</p>
          <ErrorNote problem={first.problem} />
        </>
      ) : null}
      <div class="dialog-actions">
        <button type="button" onClick={close}>
          {t('documents.cancel')}
        </button>
        <button type="button" class="primary danger" disabled={busy} onClick={() => void erase()}>
          {t('documents.delete', { n: ids.length })}
        </button>
      </div>
    </Dialog>
  );
}
