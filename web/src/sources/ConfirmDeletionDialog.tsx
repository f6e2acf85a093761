import { useEffect, useState } from 'preact/hooks';
import { type ApiError, asApiError } from '../api/problem';
import { listMissing, type MissingFile, type Source, scanSource } from '../api/sources';
import { t } from '../i18n/administration';
import { withOperatorKey } from '../operator/operatorKey';
import { Dialog } from '../ui/Dialog';
import { FailedNote } from '../ui/ErrorNote';
import { notify } from '../ui/notifications';
import { FilePath } from './FilePath';
import { act } from './sources';

interface Props {
  source: Source;
  collection: string;
  onClose: () => void;
}

/** Shows which files are missing before their documents are deleted. */
export function ConfirmDeletionDialog({ source, collection, onClose }: Props) {
  const [items, setItems] = useState<readonly MissingFile[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const { count, deletedAfter } = source.missing;
  const load = async () => {
    setError(undefined);
    try {
      setItems((await withOperatorKey((key) => listMissing(key, source.id))).items);
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  useEffect(() => void load(), [source.id]);
  const confirm = async () => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await act(collection, (key) => scanSource(key, source.id, { confirmDeletion: true }));
      notify(t('sources.confirmed'));
      onClose();
    } catch (thrown) {
      setError(asApiError(thrown));
    }
    setBusy(false);
  };
  const rest = count - items.length;
  return (
    <Dialog title={t('sources.confirmAsk', { n: count })} onClose={onClose}>
      <p>{t('sources.confirmText')}</p>
      {deletedAfter ? <p class="muted small">{t('sources.deletedAfter', { time: dayOf(deletedAfter) })}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section class="missing-list" tabIndex={0} aria-label={t('sources.missingFiles')}>
        <ul class="finding-list">
          {items.map((item) => (
            <li key={item.path}>
              <span class="finding-path" dir="auto">
                <FilePath path={item.path} />
              </span>
              {item.title ? <span class="muted small">{item.title}</span> : null}
            </li>
          ))}
        </ul>
      </section>
      {items.length && rest > 0 ? <p class="muted small">{t('sources.andMore', { n: rest })}</p> : null}
      {error ? <FailedNote error={error} /> : null}
      <div class="dialog-actions">
        <button type="button" onClick={onClose}>
          {t('sources.keep')}
        </button>
        <button type="button" class="primary danger" aria-disabled={busy} onClick={() => void confirm()}>
          {t('sources.confirmDo', { n: count })}
        </button>
      </div>
    </Dialog>
  );
}

function dayOf(instant: string): string {
  return new Date(instant).toLocaleDateString(document.documentElement.lang, { dateStyle: 'medium' });
}
