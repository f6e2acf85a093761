import { describe, expect, it } from 'vitest';
import { excerpt, locate, more, partsOf, STEP } from './excerpt';

const doc = (text: string) => ({ documentId: 'd', title: 'T', uri: 'u', version: 1, text });

describe('locate', () => {
  it('offsets_countUtf16Units', () => {
    const text = '🙂🙂 Die Höhe ist 3 m. 🙂';
    const start = text.indexOf('Die');
    expect(start).toBe(5);
    expect(locate(text, 'Die Höhe ist 3 m.', start, start + 17)).toEqual({ start, end: start + 17 });
  });

  it('movedQuote_isFoundAtItsNearestPlace', () => {
    const text = 'same, other, same, other, same';
    expect(locate(text, 'same', 20, 24)).toEqual({ start: 26, end: 30 });
    expect(locate(text, 'same', 11, 15)).toEqual({ start: 13, end: 17 });
  });

  it('vanishedQuote_isNowhere', () => {
    expect(locate('new text', 'old text', 0, 8)).toBeUndefined();
    expect(locate('short', 'beyond the end', 100, 114)).toBeUndefined();
  });

  it('differentSpaces_areTheSameQuote', () => {
    expect(locate('a\nb  c', 'a b c', 0, 6)).toEqual({ start: 0, end: 6 });
  });
});

describe('excerpt', () => {
  const text = `${'line of text\n'.repeat(2000)}THE QUOTE\n${'more text\n'.repeat(2000)}`;
  const start = text.indexOf('THE');

  it('isAroundTheQuote_andCutAtLines', () => {
    const shown = excerpt(text, 'THE QUOTE', start, start + 9);
    expect(text[shown.from - 1]).toBe('\n');
    expect(text[shown.to]).toBe('\n');
    expect(shown.to - shown.from).toBeLessThan(2 * STEP + 1300);
  });

  it('more_reachesTheEnds', () => {
    let shown = excerpt(text, 'THE QUOTE', start, start + 9);
    for (let step = 0; step < 20; step++) shown = more(text, more(text, shown, 'before'), 'after');
    expect(shown).toEqual({ from: 0, to: text.length, mark: { start, end: start + 9 } });
  });

  it('neverCutsACharacterInTwo', () => {
    const faces = '🙂'.repeat(5000);
    const shown = excerpt(faces, '', 5000, 5002);
    expect(shown.from % 2).toBe(0);
    expect(shown.to % 2).toBe(0);
  });
});

describe('partsOf', () => {
  const text = 'Leave\nDays are 28. Unused days expire.\nEnd';

  it('together_areTheWholeExcerpt', () => {
    const shown = { from: 0, to: text.length, mark: { start: 6, end: 18 } };
    const parts = partsOf(
      { ...doc(text), headings: [{ level: 1, text: 'Leave', start: 0 }], pages: [{ page: 2, start: 19 }] },
      shown,
    );
    expect(parts.map((part) => part.kind)).toEqual(['heading', 'text', 'mark', 'text', 'page', 'text']);
    expect(
      parts
        .filter((part) => part.kind !== 'page')
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
    expect(parts[2]?.text).toBe('Days are 28.');
  });

  it('headingInsideTheQuote_doesNotCutIt', () => {
    const shown = { from: 0, to: text.length, mark: { start: 0, end: 18 } };
    const parts = partsOf({ ...doc(text), headings: [{ level: 1, text: 'Leave', start: 0 }] }, shown);
    expect(parts.map((part) => part.kind)).toEqual(['mark', 'text']);
  });
});
