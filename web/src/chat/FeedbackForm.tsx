import { useState } from 'preact/hooks';
import { asApiError } from '../api/problem';
import { t } from '../i18n';
import { wordsOf } from '../ui/ErrorNote';
import { IconButton } from '../ui/Icon';
import { notify } from '../ui/notifications';
import { rate } from './answerStream';
import type { Turn } from './turn';

/** Up or down at once; then a comment, for those who have one. */
export function FeedbackForm({ turn }: { turn: Turn }) {
  const [asking, setAsking] = useState(false);
  const given = turn.feedback?.rating;
  const give = async (rating: 'up' | 'down', comment?: string) => {
    try {
      await rate(turn, comment ? { rating, comment } : { rating });
      if (comment) notify(t('feedback.thanks'));
    } catch (thrown) {
      notify(wordsOf(asApiError(thrown).problem));
    }
  };
  const button = (rating: 'up' | 'down') => (
    <IconButton
      icon={rating}
      class={given === rating ? 'on' : ''}
      label={t(`feedback.${rating}`)}
      aria-pressed={given === rating}
      onClick={() => {
        void give(rating);
        setAsking(true);
      }}
    />
  );
  return (
    <>
      {button('up')}
      {button('down')}
      {asking && given ? (
        <Comment
          before={turn.feedback?.comment ?? ''}
          onClose={() => setAsking(false)}
          onSend={(comment) => void give(given, comment)}
        />
      ) : null}
    </>
  );
}

interface Props {
  before: string;
  onClose: () => void;
  onSend: (comment: string) => void;
}

function Comment({ before, onClose, onSend }: Props) {
  const [comment, setComment] = useState(before);
  const submit = (event: Event) => {
    event.preventDefault();
    if (comment.trim()) onSend(comment.trim());
    onClose();
  };
  return (
    <form class="comment" onSubmit={submit}>
      <label class="field">
        <span>{t('feedback.comment')}</span>
        <textarea
          rows={2}
          maxLength={2000}
          dir="auto"
          value={comment}
          onInput={(event) => setComment(event.currentTarget.value)}
        />
      </label>
      <div class="comment-actions">
        <button type="submit" class="primary">
          {t('feedback.send')}
        </button>
        <button type="button" onClick={onClose}>
          {t('conversation.cancel')}
        </button>
      </div>
    </form>
  );
}
