// @vitest-environment jsdom
import { render } from 'preact';
import { describe, expect, it } from 'vitest';
import type { DocumentText } from '../api/types';
import { DocumentExcerpt } from './DocumentExcerpt';

const TEXT = `Values
Sensor | December | January
TS-0086 | 395 | 399
TS-0087 | 400 | 412
Read every hour.[1]
[1] Model SM-300.
if open:
    close()
Page header`;

const block = (type: string, text: string, more = {}) => {
  const start = TEXT.indexOf(text);
  return { type, start, end: start + text.length, ...more };
};

const DOCUMENT: DocumentText = {
  documentId: 'd',
  title: 'T',
  uri: 'u',
  version: 1,
  text: TEXT,
  headings: [{ level: 2, text: 'Values', start: 0 }],
  blocks: [
    block('heading', 'Values', { level: 2 }),
    block('table_header', 'Sensor | December | January', { table: 0 }),
    block('table_row', 'TS-0086 | 395 | 399', { table: 0 }),
    block('table_row', 'TS-0087 | 400 | 412', { table: 0 }),
    block('paragraph', 'Read every hour.[1]', { marks: ['ocr'], confidence: 62 }),
    block('note', '[1] Model SM-300.', { marks: ['footnote'] }),
    block('code', 'if open:\n    close()'),
    block('furniture', 'Page header', { marks: ['header'] }),
  ],
};

function draw(document: DocumentText, quote = '') {
  const start = TEXT.indexOf(quote);
  const mark = quote ? { start, end: start + quote.length } : undefined;
  const root = window.document.createElement('div');
  render(<DocumentExcerpt document={document} shown={{ from: 0, to: TEXT.length, mark }} top={3} />, root);
  return root;
}

const texts = (root: Element, selector: string) => [...root.querySelectorAll(selector)].map((one) => one.textContent);

describe('DocumentExcerpt', () => {
  it('blocks_areElements', () => {
    const root = draw(DOCUMENT);
    expect(texts(root, 'h3#heading-0')).toEqual(['Values']);
    expect(texts(root, 'thead th[scope=col]')).toEqual(['Sensor', 'December', 'January']);
    expect(texts(root, 'tbody th[scope=row]')).toEqual(['TS-0086', 'TS-0087']);
    expect(texts(root, 'tbody td.align-right')).toEqual(['395', '399', '400', '412']);
    expect(root.querySelector('section.table')?.getAttribute('aria-label')).toBe('Sensor, December, January');
    expect(root.querySelector('[role=note]')?.textContent).toBe('Footnote[1] Model SM-300.');
    expect(texts(root, 'pre code')).toEqual(['if open:\n    close()']);
    expect(texts(root, '.furniture')).toEqual(['Page header: Page header']);
    expect(texts(root, '.origin .block-label')).toEqual(['Recognised in a picture, 62 % certain']);
    expect(root.textContent).not.toContain(' | ');
  });

  it('quoteFromTheMiddleOfATable_isMarkedInEachCellAndBlock', () => {
    const root = draw(DOCUMENT, '399\nTS-0087 | 400 | 412\nRead every');
    expect(texts(root, 'mark')).toEqual(['399', 'TS-0087', '400', '412', 'Read every']);
    expect(root.querySelector('mark')?.closest('td')?.textContent).toBe('399');
  });

  it('quoteWithinOneCell_isMarkedAlone', () => {
    expect(texts(draw(DOCUMENT, '0087'), 'mark')).toEqual(['0087']);
  });

  it('documentWithoutBlocks_isShownAsText', () => {
    const root = draw({ ...DOCUMENT, blocks: [] }, 'TS-0087 | 400');
    expect(texts(root, '.plain-text strong')).toEqual(['Values']);
    expect(texts(root, 'mark')).toEqual(['TS-0087 | 400']);
    expect(root.textContent).toBe(TEXT);
  });

  it('rowsOfAWideTable_areRecords_withTheNameOfEachValue', () => {
    const text = 'Sensor: TS-1 | humidity: 25.5';
    const blocks = [{ type: 'table_row', start: 0, end: text.length, table: 0 }];
    const root = window.document.createElement('div');
    const mark = { start: text.indexOf('25.5'), end: text.length };
    const document = { ...DOCUMENT, text, blocks, headings: [] };
    render(<DocumentExcerpt document={document} shown={{ from: 0, to: text.length, mark }} top={3} />, root);
    expect(texts(root, '.records dt')).toEqual(['Sensor:', 'humidity:']);
    expect(texts(root, '.records dd')).toEqual(['TS-1', '25.5']);
    expect(texts(root, 'mark')).toEqual(['25.5']);
  });
});
