import type { FoundPassage } from '../api/types';
import { readingWords } from '../documents/reading';
import { TextWarning } from '../documents/TextWarning';
import { filterWords } from '../filter/filter';
import { isKey, type Key, t } from '../i18n';
import { Icon } from '../ui/Icon';
import { focusComposer } from '../ui/shortcuts';
import { askWithoutFilter, editing } from './answerStream';
import { running } from './conversation';
import { placeOf } from './QuoteCard';
import { QuoteText } from './QuoteText';
import { citationOf, showSource, source } from './source';
import type { Turn } from './turn';

/** How many of the nearest passages are shown. */
const NEAREST = 3;

/** Not knowing is a good answer: what was searched, what is nearest, and another try. */
export function AbstentionNote({ turn }: { turn: Turn }) {
  const key = `abstain.${turn.answer?.reason}`;
  const reason: Key = isKey(key) ? key : 'abstain.other';
  const nearest = turn.passages.slice(0, NEAREST);
  return (
    <div class="abstained">
      <p class="lead">
        {turn.answer?.text && !nearest.length && reason === 'abstain.other' ? turn.answer.text : t(reason)}
      </p>
      <Searched turn={turn} />
      <FilterNote turn={turn} />
      {nearest.length ? <Nearest turn={turn} passages={nearest} /> : null}
      <button
        type="button"
        class="quiet"
        onClick={() => {
          editing.value = turn;
          focusComposer();
        }}
      >
        {t('abstain.rephrase')}
      </button>
    </div>
  );
}

/** That a filter left documents out, which may be why there is no answer. */
function FilterNote({ turn }: { turn: Turn }) {
  const { filter } = turn.question;
  if (!filter) return null;
  return (
    <div class="note">
      <Icon name="filter" />
      <div>
        <p dir="auto">{t('abstain.filtered', { filter: filterWords(filter) })}</p>
        <div class="note-actions">
          <button
            type="button"
            class="quiet"
            aria-disabled={running.value !== undefined}
            onClick={() => void askWithoutFilter(turn)}
          >
            {t('abstain.unfiltered')}
          </button>
        </div>
      </div>
    </div>
  );
}

function Searched({ turn }: { turn: Turn }) {
  const searched = turn.answer?.searched;
  if (!searched) return null;
  const { question } = searched;
  // Of a filtered question, nobody has counted the documents that were searched.
  const searchable = turn.question.filter ? 0 : (searched.searchable ?? searched.documents);
  const soFar = readingWords(searched);
  return (
    <>
      <p class="muted small" dir="auto">
        {searchable ? t('abstain.searched', { question, n: searchable }) : t('abstain.searchedFor', { question })}
      </p>
      {soFar ? <p class="progress">{soFar}</p> : null}
    </>
  );
}

function Nearest({ turn, passages }: { turn: Turn; passages: FoundPassage[] }) {
  const citations = passages.map(citationOf);
  return (
    <>
      <h3 class="small-head">{t('abstain.nearest')}</h3>
      <ul class="nearest">
        {citations.map((citation) => {
          const open =
            source.value?.turn === turn.key &&
            source.value.citation.documentId === citation.documentId &&
            source.value.citation.start === citation.start;
          return (
            <li key={`${citation.documentId}/${citation.start}`}>
              <button
                type="button"
                class={open ? 'open' : undefined}
                onClick={() => showSource(turn, citation, citations)}
              >
                <span class="small muted" dir="auto">
                  {placeOf(citation)}
                </span>
                <span class="clamp" dir="auto">
                  <QuoteText citation={citation} />
                </span>
                <TextWarning warning={citation.warning} />
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
