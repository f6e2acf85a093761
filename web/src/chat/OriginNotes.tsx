import type { Answer } from '../api/types';
import { Icon } from '../ui/Icon';
import { originNotes } from './answerOrigin';

/** How an answer came to be, where it is not what the reader would expect. */
export function OriginNotes({ answer }: { answer: Answer | undefined }) {
  return (
    <>
      {originNotes(answer).map((note) => (
        <p key={note} class="progress">
          <Icon name="info" />
          {note}
        </p>
      ))}
    </>
  );
}
