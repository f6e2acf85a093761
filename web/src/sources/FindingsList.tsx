import { useState } from 'preact/hooks';
import { type ApiError, asApiError } from '../api/problem';
import { type Finding, listFindings } from '../api/sources';
import { t } from '../i18n/administration';
import { withOperatorKey } from '../operator/operatorKey';
import { CodeWords } from '../ui/CodeWords';
import { FailedNote } from '../ui/ErrorNote';
import { FilePath } from './FilePath';

interface Props {
  source: string;
  kind: string;
  count: number;
  name: string;
}

/** What was left out for one reason: how often, and, when it is opened, what. */
export function FindingsList({ source, kind, count, name }: Props) {
  const [items, setItems] = useState<readonly Finding[]>([]);
  const [next, setNext] = useState<string | undefined>('');
  const [error, setError] = useState<ApiError>();
  const load = async () => {
    setError(undefined);
    try {
      const page = await withOperatorKey((key) => listFindings(key, source, kind, next || undefined));
      setItems([...items, ...page.items]);
      setNext(page.next ?? undefined);
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return (
    <details
      onToggle={(event) => {
        if (event.currentTarget.open && !items.length) void load();
      }}
    >
      <summary>{t('sources.kindCount', { kind: name, count })}</summary>
      <ul class="finding-list">
        {items.map((item) => (
          <li key={item.path}>
            <span class="finding-path" dir="auto">
              <FilePath path={item.path} />
            </span>
            <span class="muted small" lang="en">
              <CodeWords text={item.reason} />
            </span>
          </li>
        ))}
      </ul>
      {error ? <FailedNote error={error} onRetry={() => void load()} /> : null}
      {next && items.length ? (
        <button type="button" class="quiet" onClick={() => void load()}>
          {t('sources.more')}
        </button>
      ) : null}
    </details>
  );
}
