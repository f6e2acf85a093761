import type { Stretch } from './cells';

/** A document's text with the stretch of it that is quoted. */
export interface MarkedText {
  text: string;
  mark: Stretch | undefined;
}

/** A part of the text, with what belongs to the quote marked. */
export function Marked({ content: { text, mark }, at }: { content: MarkedText; at: Stretch }) {
  const from = mark ? Math.max(at.start, mark.start) : at.end;
  const to = mark ? Math.min(at.end, mark.end) : at.end;
  if (from >= to) return <>{text.slice(at.start, at.end)}</>;
  return (
    <>
      {text.slice(at.start, from)}
      <mark>{text.slice(from, to)}</mark>
      {text.slice(to, at.end)}
    </>
  );
}
