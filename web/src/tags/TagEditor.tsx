import './tags.css';
import { useId, useRef, useState } from 'preact/hooks';
import { type ApiError, asApiError } from '../api/problem';
import { t } from '../i18n';
import { FailedNote } from '../ui/ErrorNote';
import { Icon } from '../ui/Icon';
import { notify } from '../ui/notifications';
import { withoutTag, withTag } from './tags';

interface Props {
  tags: readonly string[];
  /** Those that come from a folder and change with it alone. */
  inherited?: readonly string[];
  /** Stores the tags that are to stand; rejects with an ApiError. */
  onSave: (tags: string[]) => Promise<unknown>;
  /** Tags that are in use, offered while one is typed. */
  suggest?: () => Promise<string[]>;
}

/** Tags that can be added and removed. What is shown is what the server has. */
export function TagEditor({ tags, inherited = [], onSave, suggest }: Props) {
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const [known, setKnown] = useState<string[]>();
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const own = tags.filter((tag) => !inherited.includes(tag));
  const save = async (wanted: string[], done: string) => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await onSave(wanted);
      setTyped('');
      notify(done);
    } catch (thrown) {
      setError(asApiError(thrown));
    }
    setBusy(false);
    field.current?.focus();
  };
  const add = () => {
    const wanted = withTag(own, inherited, typed);
    if (wanted) void save(wanted, t('tags.added', { tag: typed.trim() }));
    else setTyped('');
  };
  const load = async () => {
    if (known || !suggest) return;
    setKnown(await suggest().catch(() => []));
  };
  return (
    <div class="tag-editor">
      {tags.length ? (
        <ul class="tags" aria-label={t('documents.tags')}>
          {inherited.map((tag) => (
            <li key={tag} dir="auto" title={t('tags.inherited')}>
              <Icon name="folder" />
              {tag}
              <span class="off-screen"> ({t('tags.inherited')})</span>
            </li>
          ))}
          {own.map((tag) => (
            <li key={tag} class="own">
              <span dir="auto">{tag}</span>
              <button
                type="button"
                aria-label={t('tags.remove', { tag })}
                title={t('tags.remove', { tag })}
                aria-disabled={busy}
                onClick={() => void save(withoutTag(own, tag), t('tags.removed', { tag }))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <form
        class="tag-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim()) add();
        }}
      >
        <input
          type="text"
          ref={field}
          value={typed}
          dir="auto"
          autocomplete="off"
          aria-label={t('tags.new')}
          placeholder={t('tags.new')}
          aria-invalid={error !== undefined}
          list={`${id}-known`}
          onFocus={() => void load()}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setError(undefined);
          }}
        />
        <datalist id={`${id}-known`}>
          {known
            ?.filter((tag) => !tags.includes(tag))
            .map((tag) => (
              <option key={tag} value={tag} />
            ))}
        </datalist>
        <button type="submit" aria-disabled={busy || !typed.trim()}>
          {t('tags.add')}
        </button>
      </form>
      {error ? <FailedNote error={error} /> : null}
    </div>
  );
}
