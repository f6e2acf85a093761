import { t } from '../i18n';
import { turns } from './conversation';

/** Tells a screen reader how far the answer is, without reading every piece of it. */
export function Announcer() {
  const turn = turns.value.at(-1);
  return (
    <p class="off-screen" role="status">
      {turn?.fresh ? words(turn) : ''}
    </p>
  );
}

function words(turn: NonNullable<(typeof turns.value)[number]>): string {
  if (turn.connection === 'waiting') return t('answer.waiting');
  if (turn.phase === 'done') return turn.problem ? t('answer.failed') : t('answer.done');
  return t(`answer.${turn.phase}`);
}
