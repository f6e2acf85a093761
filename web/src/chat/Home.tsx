import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { listDocuments, listSuggestions } from '../api/library';
import type { Suggestion } from '../api/types';
import {
  askedCollections,
  chosen,
  collections,
  collectionsError,
  current,
  loadCollections,
} from '../documents/collections';
import { readingOf, readingWords, rebuildPercent } from '../documents/reading';
import { t } from '../i18n';
import { FailedNote } from '../ui/ErrorNote';
import { Icon } from '../ui/Icon';
import { follows } from '../ui/router';
import { send } from './answerStream';
import { filterOf } from './filters';

/** Milliseconds until the progress is read again. */
const AGAIN = 4_000;

const suggestions = signal<readonly Suggestion[]>([]);
const empty = signal(false);

/** The place of a new question. */
export function Home() {
  const collection = suggesting();
  useEffect(() => void loadCollections(), []);
  useEffect(() => {
    if (collection) void loadSuggestions(collection);
  }, [collection, chosen.value]);
  const error = collectionsError.value;
  return (
    <div class="home">
      <h1>{t('home.title')}</h1>
      {error ? <FailedNote error={error} onRetry={() => void loadCollections(true)} /> : null}
      {empty.value && collections.value.length < 2 ? <NoDocuments /> : <p class="muted">{t('home.text')}</p>}
      <Progress />
      {suggestions.value.length ? (
        <section aria-labelledby="first-questions">
          <h2 id="first-questions" class="small-head">
            {t('home.suggestions')}
          </h2>
          <ul class="suggestions">
            {suggestions.value.slice(0, 5).map(({ question }) => (
              <li key={question}>
                <button type="button" dir="auto" onClick={() => void send(question, filterOf(undefined))}>
                  <span>{question}</span>
                  <Icon name="right" />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

/** How much can be searched already, read again until it is everything. */
function Progress() {
  const ids = askedCollections();
  const asked = collections.value.filter(({ id }) => !ids.length || ids.includes(id));
  const percent = rebuildPercent(collections.value);
  const words = percent === undefined ? readingWords(readingOf(asked)) : t('home.rebuilding', { percent });
  useEffect(() => {
    if (!words) return;
    const timer = setTimeout(() => void loadCollections(true), AGAIN);
    return () => clearTimeout(timer);
  }, [words, collections.value]);
  return words ? (
    <p class="progress" role="status">
      {words}
    </p>
  ) : null;
}

function NoDocuments() {
  return (
    <>
      <p class="muted">{t('home.empty')}</p>
      <a class="button primary" {...follows({ page: 'documents' })}>
        {t('home.add')}
      </a>
    </>
  );
}

/** Id of the collection whose questions are suggested: the first of those that are asked. */
function suggesting(): string | undefined {
  return askedCollections()[0] ?? current.value?.id;
}

async function loadSuggestions(collection: string): Promise<void> {
  const [found, first] = await Promise.all([
    listSuggestions(collection).catch(() => undefined),
    listDocuments(collection, { limit: 1 }).catch(() => undefined),
  ]);
  if (suggesting() !== collection) return;
  suggestions.value = found?.items ?? [];
  empty.value = first?.items.length === 0;
}
