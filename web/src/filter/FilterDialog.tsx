import './filter.css';
import { useState } from 'preact/hooks';
import type { Field, SearchFilter } from '../api/types';
import { t } from '../i18n';
import { Dialog } from '../ui/Dialog';
import { FailedNote } from '../ui/ErrorNote';
import { Skeleton } from '../ui/Skeleton';
import { useLoaded } from '../ui/useLoaded';
import { choose, type Draft, draftOf, faultOf, filterOfDraft, hasTooMany, NOTHING } from './draft';
import { FieldSection } from './FieldSection';
import { type FieldChoice, loadFields, MAX_COLLECTIONS } from './fields';
import { isRestricting, MAX_CONDITIONS, NO_FILTER } from './filter';
import { PassingCount } from './PassingCount';

interface Props {
  /** Finds the ids of the collections that are asked. Rejects with an ApiError. */
  collections: () => Promise<string[]>;
  filter: SearchFilter;
  /** What is chosen, if it is not the documents that a question is asked to. */
  words?: { title: string; text: string; removeAll: string };
  onApply: (filter: SearchFilter) => void;
  onClose: () => void;
}

/** Chooses which documents a question is asked to, from what the documents of the collections have. */
export function FilterDialog({ collections, filter, words, onApply, onClose }: Props) {
  const { value: fields, error, retry } = useLoaded(async (signal) => loadFields(await collections(), signal), []);
  const [draft, setDraft] = useState<Draft>(() => draftOf(filter));
  const wanted = filterOfDraft(draft);
  const tooMany = hasTooMany(wanted);
  const all = fields ? [...fields.first, ...fields.others] : [];
  const faulty = all.some(({ field, kind }) => faultOf(draft.choices[field] ?? NOTHING, kind) !== undefined);
  const apply = (chosen: SearchFilter) => {
    onApply(chosen);
    onClose();
  };
  return (
    <Dialog title={words?.title ?? t('filter.title')} onClose={onClose}>
      <p class="muted">{words?.text ?? t('filter.text')}</p>
      <form
        class="filter-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!tooMany && !faulty) apply(wanted);
        }}
      >
        {error ? <FailedNote error={error} onRetry={retry} /> : null}
        {fields ? <Fields fields={fields} draft={draft} setDraft={setDraft} /> : error ? null : <Skeleton lines={6} />}
        {tooMany ? (
          <p class="bad-text small" role="alert">
            {t('filter.tooMany', { n: MAX_CONDITIONS })}
          </p>
        ) : null}
        {fields?.complete && isRestricting(wanted) && !tooMany && !faulty ? (
          <PassingCount collections={collections} filter={wanted} />
        ) : null}
        <div class="dialog-actions">
          {filter.all.length ? (
            <button type="button" class="quiet" onClick={() => apply(NO_FILTER)}>
              {words?.removeAll ?? t('filter.removeAll')}
            </button>
          ) : null}
          <button type="button" onClick={onClose}>
            {t('conversation.cancel')}
          </button>
          <button type="submit" class="primary" aria-disabled={tooMany || faulty || !fields}>
            {t('filter.apply')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldsProps {
  fields: FieldChoice;
  draft: Draft;
  setDraft: (draft: Draft) => void;
}

function Fields({ fields, draft, setDraft }: FieldsProps) {
  if (!fields.first.length && !fields.others.length) return <p class="muted">{t('filter.none')}</p>;
  const sections = (some: readonly Field[]) =>
    some.map((field) => (
      <FieldSection
        key={field.field}
        field={field}
        choice={draft.choices[field.field] ?? NOTHING}
        onChange={(change) => setDraft(choose(draft, field.field, change))}
      />
    ));
  return (
    <div class="filter-fields">
      {fields.complete ? null : <p class="muted small">{t('filter.some', { n: MAX_COLLECTIONS })}</p>}
      {sections(fields.first)}
      {fields.others.length ? (
        <details class="filter-more">
          <summary>{t('filter.more', { n: fields.others.length })}</summary>
          {sections(fields.others)}
        </details>
      ) : null}
    </div>
  );
}
