import { signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SearchFilter } from '../api/types';
import { askedCollections, collections, collectionsError, loadCollections } from '../documents/collections';
import { FilterChips } from '../filter/FilterChips';
import { isRestricting, NO_FILTER } from '../filter/filter';
import { t } from '../i18n';
import { IconButton } from '../ui/Icon';
import { lazy } from '../ui/lazy';
import { route } from '../ui/router';
import { editing, send, stopAnswer } from './answerStream';
import { CollectionChoice } from './CollectionChoice';
import { conversation, running, turns } from './conversation';
import { draftOf, storeDraft } from './drafts';
import { chooseFilter, filterOf } from './filters';

/** Characters that a question may have. */
const LIMIT = 4000;
/** Milliseconds after a question in which a click on the same spot is the second one of a double click and not meant to stop the answer. */
const DOUBLE_CLICK = 500;
const editedText = signal('');
const editedFilter = signal(NO_FILTER);
const FilterDialog = lazy(() => import('../filter/FilterDialog').then((module) => module.FilterDialog), null);
let sentAt = Number.NEGATIVE_INFINITY;

export function Composer() {
  const field = useRef<HTMLTextAreaElement>(null);
  const edited = editing.value;
  const busy = running.value !== undefined;
  const place = route.value.page === 'conversation' ? route.value.id : undefined;
  const text = edited ? editedText.value : draftOf(place);
  const filter = edited ? editedFilter.value : filterOf(place);
  const [filtering, setFiltering] = useState(false);
  const over = text.length - LIMIT;
  const setText = (value: string) => {
    if (edited) editedText.value = value;
    else storeDraft(place, value);
  };
  const setFilter = (chosen: SearchFilter) => {
    if (edited) editedFilter.value = chosen;
    else chooseFilter(place, chosen);
  };
  useLayoutEffect(() => {
    editedFilter.value = edited?.question.filter ?? NO_FILTER;
    editedText.value = edited?.question.content ?? '';
    if (edited) focusEnd(field.current);
  }, [edited]);
  useEffect(() => {
    if (matchMedia('(hover: hover)').matches) field.current?.focus({ preventScroll: true });
  }, [conversation.value?.id]);
  useLayoutEffect(() => grow(field.current), [text]);

  const submit = () => {
    const question = text.trim();
    if (!question || over > 0 || busy) return;
    setText('');
    sentAt = performance.now();
    void send(question, filter, edited);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === 'ArrowUp' && text === '' && !busy) {
      event.preventDefault();
      editing.value = turns.value.at(-1);
    } else if (event.key === 'Escape' && edited) {
      event.stopPropagation();
      editing.value = undefined;
    }
  };
  const dialog = filtering ? (
    <FilterDialog
      collections={searchedCollections}
      filter={filter}
      onApply={setFilter}
      onClose={() => setFiltering(false)}
    />
  ) : null;
  const form = (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {edited ? (
        <p class="composer-note">
          <span>{t('composer.editing')}</span>
          <button type="button" class="quiet" onClick={() => (editing.value = undefined)}>
            {t('conversation.cancel')}
          </button>
        </p>
      ) : null}
      {isRestricting(filter) ? (
        <FilterChips
          filter={filter}
          onChange={(chosen) => {
            setFilter(chosen);
            focusFilterButton();
          }}
        />
      ) : null}
      <div class="composer-box">
        <textarea
          id="question"
          ref={field}
          rows={1}
          dir="auto"
          aria-label={t('composer.label')}
          aria-describedby={over > 0 ? 'question-over' : undefined}
          aria-invalid={over > 0}
          placeholder={t(turns.value.length ? 'composer.followUp' : 'composer.placeholder')}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <IconButton
          class={isRestricting(filter) ? 'filter-button on' : 'filter-button'}
          icon="filter"
          label={t('filter.open')}
          aria-haspopup="dialog"
          onClick={() => setFiltering(true)}
        />
        {busy ? (
          <IconButton
            class="send"
            icon="stop"
            label={t('composer.stop')}
            onClick={(event) => {
              if (event.detail < 2 && performance.now() - sentAt > DOUBLE_CLICK) void stopAnswer();
            }}
            disabled={running.value?.stopping}
          />
        ) : (
          <IconButton
            type="submit"
            class="send"
            icon="send"
            label={t('composer.send')}
            aria-disabled={text.trim() === '' || over > 0}
          />
        )}
        <CollectionChoice />
        {over > 0 ? (
          <span id="question-over" class="composer-over bad-text" role="alert">
            {t('composer.tooLong', { n: over })}
          </span>
        ) : null}
      </div>
    </form>
  );
  return (
    <>
      {form}
      {dialog}
    </>
  );
}

/** The chip that was removed had the focus. */
function focusFilterButton(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.filter-button')?.focus());
}

/** Ids of the collections that the question is asked to. Rejects with an ApiError. */
async function searchedCollections(): Promise<string[]> {
  await loadCollections();
  if (collectionsError.value) throw collectionsError.value;
  const asked = conversation.value ? conversation.value.collections : askedCollections();
  return asked?.length ? asked : collections.value.map(({ id }) => id);
}

/** As high as its text, up to the height that the style sheet allows. */
function grow(field: HTMLTextAreaElement | null): void {
  if (!field || CSS.supports('field-sizing', 'content')) return;
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}

function focusEnd(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.focus();
  requestAnimationFrame(() => field.setSelectionRange(field.value.length, field.value.length));
}
