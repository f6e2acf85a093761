import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { FailedNote } from '../ui/ErrorNote';
import { Skeleton } from '../ui/Skeleton';
import { Announcer } from './Announcer';
import { open } from './answerStream';
import { Composer } from './Composer';
import { conversation, earlier, loadEarlier, loadError, loading, turns } from './conversation';
import { Home } from './Home';
import { QuoteCard } from './QuoteCard';
import { closeSource } from './source';
import { TurnView } from './TurnView';

export function ChatPage({ id }: { id: string | undefined }) {
  useEffect(() => {
    closeSource();
    void open(id);
  }, [id]);
  const scroller = useRef<HTMLElement>(null);
  useScrolling(scroller);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section class="scroller" ref={scroller} tabIndex={0} aria-label={t('nav.ask')}>
        <div class="column">
          <Content id={id} />
        </div>
        <Composer />
      </section>
      <QuoteCard />
      <Announcer />
    </>
  );
}

function Content({ id }: { id: string | undefined }) {
  const error = loadError.value;
  if (error && turns.value.length === 0)
    return <FailedNote error={error} {...(id && !error.problem.status ? { onRetry: () => void open(id) } : {})} />;
  if (loading.value && turns.value.length === 0) return <Skeleton lines={8} />;
  if (turns.value.length === 0) return <Home />;
  const last = turns.value.length - 1;
  return (
    <>
      <h1 class="off-screen">{conversation.value?.title || t('conversation.actions')}</h1>
      {earlier.value ? (
        <button type="button" class="quiet earlier" onClick={() => void loadEarlier()} disabled={loading.value}>
          {t('conversation.earlier')}
        </button>
      ) : null}
      {turns.value.map((turn, place) => (
        <TurnView key={turn.key} turn={turn} last={place === last} />
      ))}
    </>
  );
}

/** Pixels from the end at which a reader still counts as being there. */
const NEAR = 48;

/**
 * Goes to the end when a conversation is opened or a question asked; follows the text only while the reader is at the end; keeps the
 * place when earlier questions are put above.
 */
function useScrolling(ref: { current: HTMLElement | null }): void {
  const before = useRef({ first: '', last: '', height: 0, atEnd: true });
  useEffect(() => {
    const scroller = ref.current;
    if (!scroller) return;
    const recordPosition = () => {
      before.current.atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
    };
    scroller.addEventListener('scroll', recordPosition, { passive: true });
    const observer = new ResizeObserver(() => {
      if (before.current.atEnd) scroller.scrollTop = scroller.scrollHeight;
    });
    if (scroller.firstElementChild) observer.observe(scroller.firstElementChild);
    return () => {
      scroller.removeEventListener('scroll', recordPosition);
      observer.disconnect();
    };
  }, []);
  const first = turns.value[0]?.key ?? '';
  const last = turns.value.at(-1)?.key ?? '';
  useLayoutEffect(() => {
    const scroller = ref.current;
    if (!scroller) return;
    const was = before.current;
    if (last !== was.last) scroller.scrollTop = scroller.scrollHeight;
    else if (first !== was.first && was.first) scroller.scrollTop += scroller.scrollHeight - was.height;
    before.current = { first, last, height: scroller.scrollHeight, atEnd: last !== was.last || was.atEnd };
  }, [first, last]);
}
