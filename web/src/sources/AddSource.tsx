import { useState } from 'preact/hooks';
import { type ApiError, asApiError } from '../api/problem';
import { addSource } from '../api/sources';
import { t } from '../i18n';
import { FailedNote } from '../ui/ErrorNote';
import { notify } from '../ui/notifications';
import { act } from './sources';

/** Asks for a folder of the server's machine and adds it to the collection. */
export function AddSource({ collection }: { collection: string }) {
  const [path, setPath] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const submit = async () => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await act(collection, (key) => addSource(key, collection, path));
      notify(t('sources.added', { path }));
      setPath('');
    } catch (thrown) {
      setError(asApiError(thrown));
    }
    setBusy(false);
  };
  return (
    <form
      class="operator"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label class="field">
        <span>{t('sources.path')}</span>
        <input
          type="text"
          dir="ltr"
          value={path}
          required
          autocomplete="off"
          spellcheck={false}
          aria-describedby="sources-path-hint"
          onInput={(event) => setPath(event.currentTarget.value)}
        />
      </label>
      <p class="muted hint" id="sources-path-hint">
        {t('sources.pathHint')}
      </p>
      {error ? <FailedNote error={error} /> : null}
      <div>
        <button type="submit" aria-disabled={busy}>
          {t(busy ? 'sources.adding' : 'sources.add')}
        </button>
      </div>
    </form>
  );
}
