import { readingWords } from '../documents/reading';
import { filterWords } from '../filter/filter';
import { t } from '../i18n';
import { ErrorNote } from '../ui/ErrorNote';
import { Icon, IconButton } from '../ui/Icon';
import { copy, notify } from '../ui/notifications';
import { AbstentionNote } from './AbstentionNote';
import { Actions } from './AnswerActions';
import { AnswerText } from './AnswerText';
import { editing, retry } from './answerStream';
import { running } from './conversation';
import { OriginNotes } from './OriginNotes';
import type { Turn } from './turn';

/** A question with its answer. */
export function TurnView({ turn, last }: { turn: Turn; last: boolean }) {
  return (
    <article class={last && turn.fresh ? 'turn reserved' : 'turn'} aria-busy={turn.phase !== 'done'}>
      <Question turn={turn} />
      <div class="answer">
        <AnswerBody turn={turn} />
        {turn.phase === 'done' ? <Actions turn={turn} last={last} /> : null}
      </div>
    </article>
  );
}

function Question({ turn }: { turn: Turn }) {
  const edit = () => {
    editing.value = turn;
  };
  return (
    <header class="question">
      <h2>
        <span class="off-screen">{t('question.you')}: </span>
        <span class="question-text" dir="auto">
          {turn.question.content}
        </span>
        {turn.question.filter ? (
          <span class="question-filter" dir="auto">
            <Icon name="filter" />
            {filterWords(turn.question.filter)}
          </span>
        ) : null}
      </h2>
      <div class="question-actions">
        <IconButton icon="edit" label={t('question.edit')} onClick={edit} disabled={running.value !== undefined} />
        <IconButton
          icon="copy"
          label={t('question.copy')}
          onClick={async () => (await copy(turn.question.content)) && notify(t('answer.copied'))}
        />
      </div>
    </header>
  );
}

function AnswerBody({ turn }: { turn: Turn }) {
  const status = turn.answer?.status;
  const soFar = readingWords(turn.answer?.searched);
  if (status === 'abstained')
    return (
      <>
        <AbstentionNote turn={turn} />
        <OriginNotes answer={turn.answer} />
      </>
    );
  return (
    <>
      {turn.text ? <AnswerText turn={turn} /> : null}
      <OriginNotes answer={turn.answer} />
      {soFar ? <p class="progress">{soFar}</p> : null}
      {turn.phase === 'done' ? null : <Progress turn={turn} />}
      {status === 'failed' || turn.problem ? <Failure turn={turn} /> : null}
    </>
  );
}

function Progress({ turn }: { turn: Turn }) {
  if (turn.connection === 'waiting')
    return (
      <p class="progress waiting">
        <Icon name="warning" />
        {t('answer.waiting')}
      </p>
    );
  if (turn.phase === 'writing') return null;
  const found = turn.passages.length;
  const words =
    turn.phase === 'searching' && found
      ? t('answer.reading', { n: found })
      : t(`answer.${turn.phase as 'asking' | 'searching'}`);
  return <p class="progress">{words}</p>;
}

/** Ends that the reader knows of, or can do something about in place. */
function Failure({ turn }: { turn: Turn }) {
  const reason = turn.answer?.reason ?? turn.problem?.code;
  if (reason === 'stopped' || reason === 'interrupted')
    return (
      <p class="progress">
        <Icon name="info" />
        {t(`answer.${reason}`)}
      </p>
    );
  const problem = turn.problem ?? { title: 'Failed', status: 0, code: reason ?? 'unexpected' };
  return <ErrorNote problem={problem} {...(running.value ? {} : { onRetry: () => void retry(turn) })} />;
}
