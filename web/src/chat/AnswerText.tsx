import { useEffect, useMemo, useState } from 'preact/hooks';
import { isKey, t } from '../i18n';
import { answerRenderer, loadAnswerRenderer } from './answerRenderer';
import { CitationLink } from './CitationLink';
import type { Turn } from './turn';

export function AnswerText({ turn }: { turn: Turn }) {
  useEffect(() => {
    void loadAnswerRenderer();
  }, []);
  const text = useFrame(turn.text, turn.phase === 'done');
  const draw = answerRenderer.value;
  const writing = turn.phase !== 'done';
  const drawn = useMemo(() => {
    if (!draw) return <p class="raw">{text}</p>;
    const known = turn.citations.length > 0 || !writing;
    return draw(text, {
      numbers: known ? new Set(turn.citations.map((citation) => citation.number)) : undefined,
      unsupported: turn.unsupported,
      cite: (number) => <CitationLink number={number} turn={turn} />,
      doubt: (part, index) => <Doubt text={part} reason={turn.unsupported[index]?.reason ?? ''} />,
    });
  }, [draw, text, turn.citations, turn.unsupported, writing]);
  return (
    <div class={writing ? 'prose writing' : 'prose'}>
      {drawn}
      {turn.unsupported.length ? (
        <p class="doubt-note">{t('unsupported.count', { n: turn.unsupported.length })}</p>
      ) : null}
    </div>
  );
}

/** A sentence without support: its reason is shown on hover and focus, and read out. */
function Doubt({ text, reason }: { text: string; reason: string }) {
  const key = `unsupported.${reason}`;
  const words = isKey(key) ? t(key) : /\s/.test(reason) ? reason : t('unsupported.other');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be reachable by keyboard.
    <span class="doubt" tabIndex={0} data-reason={words}>
      {text}
      <span class="off-screen"> ({words})</span>
    </span>
  );
}

/** The text as of the last frame, so that many small pieces are drawn once. */
function useFrame(text: string, now: boolean): string {
  const [shown, setShown] = useState(text);
  useEffect(() => {
    if (text === shown) return;
    const frame = requestAnimationFrame(() => setShown(text));
    return () => cancelAnimationFrame(frame);
  }, [text, shown]);
  return now ? text : shown;
}
