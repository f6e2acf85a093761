import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type ApiError, asApiError } from '../api/problem';
import { removeSource, type Source, scanSource, setSourceTags } from '../api/sources';
import { language } from '../i18n';
import { isKey, type Key, t } from '../i18n/administration';
import { TagEditor } from '../tags/TagEditor';
import { usedTags } from '../tags/tags';
import { CodeWords } from '../ui/CodeWords';
import { FailedNote } from '../ui/ErrorNote';
import { Icon } from '../ui/Icon';
import { notify } from '../ui/notifications';
import { ConfirmDeletionDialog } from './ConfirmDeletionDialog';
import { FilePath } from './FilePath';
import { FindingsList } from './FindingsList';
import { RemoveSourceDialog } from './RemoveSourceDialog';
import { act, isScanning, kindsOf } from './sources';

/** One folder: how it is kept up with, what is wrong with it, and what can be done about that. */
export function SourceSection({ source, collection }: { source: Source; collection: string }) {
  const id = `source-${source.id}`;
  return (
    <section class="part source-section" aria-labelledby={id}>
      <h2 id={id} tabIndex={-1} dir="ltr">
        <FilePath path={source.path} />
      </h2>
      <Problem source={source} collection={collection} />
      <dl class="facts">
        <Fact name={t('sources.state')}>{stateOf(source)}</Fact>
        <Fact name={t('sources.watch')}>
          <Watch watch={source.watch} />
        </Fact>
        <Fact name={t('sources.scannedAt')}>{source.scannedAt ? timeOf(source.scannedAt) : t('sources.never')}</Fact>
        <Fact name={t('sources.documents')}>{source.documents.toLocaleString(language())}</Fact>
      </dl>
      <Tags source={source} collection={collection} />
      <Findings source={source} />
      <Actions source={source} collection={collection} />
    </section>
  );
}

/** The tags of all its documents, which have them as long as they are in the folder. */
function Tags({ source, collection }: { source: Source; collection: string }) {
  const id = `source-tags-${source.id}`;
  return (
    <section class="source-tags" aria-labelledby={id}>
      <h3 id={id} class="small-head">
        {t('sources.tags')}
      </h3>
      <TagEditor
        tags={source.tags ?? []}
        onSave={(tags) => act(collection, (key) => setSourceTags(key, source.id, tags))}
        suggest={() => usedTags(collection)}
      />
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function stateOf(source: Source): string {
  if (!isScanning(source)) return t(`sources.state.${source.state}` as Key);
  const { done = 0, total = 0 } = source.job?.documents ?? {};
  return total ? t('sources.reading', { done, n: total }) : t('sources.scanning');
}

function Watch({ watch }: { watch: Source['watch'] }) {
  if (!watch) return <>{t('sources.watch.none')}</>;
  const { mode, interval, reason } = watch;
  return (
    <>
      {mode === 'polling' ? t('sources.watch.polling', { n: interval ?? 0 }) : t(`sources.watch.${mode}`)}
      {reason ? (
        <span class="muted hint block" lang="en">
          <CodeWords text={reason} />
        </span>
      ) : null}
    </>
  );
}

/** What keeps the folder from being kept up with, with the one thing to do about missing files. */
function Problem({ source, collection }: { source: Source; collection: string }) {
  const [asking, setAsking] = useState(false);
  const { count, since } = source.missing;
  if (source.state === 'ok' && !count) return null;
  return (
    <>
      <div class={source.state === 'ok' ? 'note' : 'note bad'} role={source.state === 'ok' ? undefined : 'alert'}>
        <Icon name={source.state === 'ok' ? 'info' : 'warning'} />
        <div>
          {count ? <p>{t('sources.missing', { n: count, time: since ? timeOf(since) : '' })}</p> : null}
          {source.reason ? (
            <p class={count ? 'muted hint' : ''} lang="en">
              <CodeWords text={source.reason} />
            </p>
          ) : null}
          {count ? (
            <div class="note-actions">
              <button type="button" class="quiet" onClick={() => setAsking(true)}>
                {t('sources.review', { n: count })}
              </button>
            </div>
          ) : null}
        </div>
      </div>
      {asking ? (
        <ConfirmDeletionDialog source={source} collection={collection} onClose={() => setAsking(false)} />
      ) : null}
    </>
  );
}

function Findings({ source }: { source: Source }) {
  const kinds = kindsOf(source.findings);
  if (!kinds.length) return null;
  const all = kinds.reduce((sum, [, count]) => sum + count, 0);
  return (
    <details class="findings">
      <summary>{t('sources.leftOut', { n: all })}</summary>
      {kinds.map(([kind, count]) => (
        <FindingsList key={kind} source={source.id} kind={kind} count={count} name={kindName(kind)} />
      ))}
    </details>
  );
}

function kindName(kind: string): string {
  const key = `sources.kind.${kind}`;
  return isKey(key) ? t(key) : kind;
}

function Actions({ source, collection }: { source: Source; collection: string }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const [removing, setRemoving] = useState(false);
  const scan = async (compareContents: boolean) => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await act(collection, (key) => scanSource(key, source.id, compareContents ? { compareContents } : {}));
      notify(t('sources.scanQueued'));
    } catch (thrown) {
      setError(asApiError(thrown));
    }
    setBusy(false);
  };
  const remove = async () => {
    setRemoving(false);
    setError(undefined);
    try {
      await act(collection, (key) => removeSource(key, source.id));
      notify(t('sources.removed', { path: source.path }));
      document.querySelector<HTMLElement>('#sources-title')?.focus();
    } catch (thrown) {
      setError(asApiError(thrown));
    }
  };
  return (
    <>
      {error ? <FailedNote error={error} /> : null}
      <div class="actions-row">
        <button type="button" aria-disabled={busy} onClick={() => void scan(false)}>
          {t('sources.scan')}
        </button>
        <button type="button" aria-disabled={busy} onClick={() => void scan(true)}>
          {t('sources.compare')}
        </button>
        <button type="button" class="danger-text" onClick={() => setRemoving(true)}>
          {t('sources.remove')}
        </button>
      </div>
      {removing ? (
        <RemoveSourceDialog source={source} onClose={() => setRemoving(false)} onRemove={() => void remove()} />
      ) : null}
    </>
  );
}

export function timeOf(instant: string): string {
  return new Date(instant).toLocaleString(language(), { dateStyle: 'medium', timeStyle: 'short' });
}
