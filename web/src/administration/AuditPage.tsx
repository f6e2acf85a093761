import { useEffect, useState } from 'preact/hooks';
import { type AuditEntry, type AuditFilter, type AuditVerification, listAudit, verifyAudit } from '../api/audit';
import { t } from '../i18n/administration';
import { OperatorPage } from '../operator/OperatorPage';
import { withOperatorKey } from '../operator/operatorKey';
import { FailedNote } from '../ui/ErrorNote';
import { Choice, Field, useSubmission } from '../ui/Form';
import { Icon } from '../ui/Icon';
import { Skeleton } from '../ui/Skeleton';
import { usePages } from '../ui/usePages';
import './audit.css';
import { AUDIT_ACTIONS, actionWords, callersOf, callerWords, dayRange, detailWords } from './auditWords';

export function AuditPage() {
  return (
    <OperatorPage name="audit" title={t('admin.audit')} intro={t('audit.intro')}>
      <Verification />
      <Entries />
    </OperatorPage>
  );
}

/** Whether the log is as it was written. */
function Verification() {
  const [result, setResult] = useState<AuditVerification>();
  const { busy, error, submit } = useSubmission(async () => {
    setResult(undefined);
    setResult(await withOperatorKey(verifyAudit));
  });
  const intact = result && result.damaged == null;
  return (
    <div class="audit-check">
      <button type="button" aria-disabled={busy} onClick={() => void submit()}>
        {t(busy ? 'audit.verifying' : 'audit.verify')}
      </button>
      <div role="status">
        {result && intact ? (
          <p class="audit-intact">
            <Icon name="check" />
            {t('audit.intact', { n: result.entries })}
          </p>
        ) : null}
        {result && !intact ? (
          <div class="note bad">
            <Icon name="warning" />
            <div>
              <p>{t('audit.broken', { id: result.damaged ?? 0 })}</p>
              {result.damage ? <p lang="en">{result.damage}</p> : null}
            </div>
          </div>
        ) : null}
      </div>
      {error ? <FailedNote error={error} /> : null}
    </div>
  );
}

function Entries() {
  const [filter, setFilter] = useState<AuditFilter>({});
  const list = usePages<AuditEntry>(
    (cursor, signal) => withOperatorKey((key) => listAudit(key, filter, cursor, signal)),
    [filter],
  );
  const filtered = Object.keys(filter).length > 0;
  const [callers, setCallers] = useState<ReadonlyMap<string, string>>(new Map());
  const { items } = list;
  useEffect(() => setCallers((before) => new Map([...before, ...callersOf(items ?? [])])), [items]);
  return (
    <>
      <FilterForm callers={callers} onApply={setFilter} />
      {list.items?.length ? (
        <ol class="rows" aria-label={t('audit.list')}>
          {list.items.map((entry) => (
            <EntryRow key={entry.sequence} entry={entry} />
          ))}
        </ol>
      ) : null}
      {list.items?.length === 0 ? <p class="muted">{t(filtered ? 'audit.noneFound' : 'audit.none')}</p> : null}
      {list.error ? <FailedNote error={list.error} onRetry={list.refresh} /> : null}
      {list.items || list.error ? null : <Skeleton lines={6} />}
      {list.hasMore ? (
        <div>
          <button type="button" onClick={list.loadMore}>
            {t('audit.more')}
          </button>
        </div>
      ) : null}
    </>
  );
}

interface FilterProps {
  /** Who is in the entries that were shown: names by kind and id. */
  callers: ReadonlyMap<string, string>;
  onApply: (filter: AuditFilter) => void;
}

function FilterForm({ callers, onApply }: FilterProps) {
  const [caller, setCaller] = useState('');
  const [action, setAction] = useState('');
  const [first, setFirst] = useState('');
  const [last, setLast] = useState('');
  const empty = !caller && !action && !first && !last;
  const clear = () => {
    setCaller('');
    setAction('');
    setFirst('');
    setLast('');
    onApply({});
  };
  return (
    <form
      class="audit-filter"
      onSubmit={(event) => {
        event.preventDefault();
        const filter = { ...(caller ? { caller } : {}), ...(action ? { action } : {}) };
        onApply({ ...filter, ...dayRange(first, last) });
      }}
    >
      <Choice
        label={t('audit.actor')}
        value={caller}
        options={[['', t('audit.anybody')] as const, ...[...callers].sort((a, b) => a[1].localeCompare(b[1]))]}
        onChange={setCaller}
      />
      <Choice
        label={t('audit.action')}
        value={action}
        options={[
          ['', t('audit.anyAction')] as const,
          ...AUDIT_ACTIONS.map((name) => [name, actionWords(name)] as const),
        ]}
        onChange={setAction}
      />
      <Field label={t('audit.from')} type="date" value={first} onInput={setFirst} {...(last ? { max: last } : {})} />
      <Field label={t('audit.until')} type="date" value={last} onInput={setLast} {...(first ? { min: first } : {})} />
      <div class="form-actions">
        <button type="submit" class="primary">
          {t('audit.apply')}
        </button>
        {empty ? null : (
          <button type="button" onClick={clear}>
            {t('audit.clear')}
          </button>
        )}
      </div>
    </form>
  );
}

function EntryRow({ entry }: { entry: AuditEntry }) {
  const time = new Date(entry.at).toLocaleString(document.documentElement.lang, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
  return (
    <li class="row audit-entry">
      <time class="muted numbers" dateTime={entry.at}>
        {time}
      </time>
      <div class="row-main">
        <p class="row-title">
          {actionWords(entry.action)}
          {entry.outcome === 'refused' ? <span class="label off">{t('audit.refused')}</span> : null}
        </p>
        <p>
          <span dir="auto">{callerWords(entry)}</span>
          {entry.subjectId ? (
            <span class="muted">
              {' → '}
              {entry.subjectKind} <code>{entry.subjectId}</code>
            </span>
          ) : null}
        </p>
        <p class="row-facts">
          {detailWords(entry).map((words) => (
            <span key={words} dir="auto">
              {words}
            </span>
          ))}
          {entry.address ? <span>{entry.address}</span> : null}
          {entry.requestId ? <span>{t('audit.request', { id: entry.requestId })}</span> : null}
        </p>
      </div>
    </li>
  );
}
