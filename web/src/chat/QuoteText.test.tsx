// @vitest-environment jsdom
import { render } from 'preact';
import { expect, it } from 'vitest';
import { QuoteText } from './QuoteText';

function draw(quote: string, displayQuote?: string) {
  const root = document.createElement('div');
  render(<QuoteText citation={{ quote, displayQuote: displayQuote ?? null }} />, root);
  return root;
}

it('rows_areLinesThatBeginWithTheirNames', () => {
  const root = draw(
    'Harbour | 2.5\nOld town | 3.2',
    'Zone Harbour · First hour: 2.5\n\nZone Old town · First hour: 3.2',
  );
  expect([...root.querySelectorAll('.quote-line')].map((line) => line.textContent)).toEqual([
    'Zone Harbour · First hour: 2.5',
    'Zone Old town · First hour: 3.2',
  ]);
  expect([...root.querySelectorAll('b')].map((name) => name.textContent)).toEqual(['Zone Harbour', 'Zone Old town']);
});

it('otherText_isShownAsItIs', () => {
  expect(draw('One · two\nthree').innerHTML).toBe('One · two\nthree');
});
