import { describe, expect, it } from 'vitest';
import type { DocumentText, TextBlock } from '../api/types';
import { type Section, sectionsOf, type Unit, withWholeBlocks } from './units';

type Line = [type: string, text: string, more?: Partial<TextBlock>];

/** A document of blocks, one a line. */
function documentOf(lines: Line[], pages: DocumentText['pages'] = []): DocumentText {
  let text = '';
  const blocks = lines.map(([type, content, more]) => {
    const start = text.length;
    text += `${content}\n`;
    return { type, start, end: start + content.length, ...more };
  });
  return { documentId: 'd', title: 'T', uri: 'u', version: 1, text, blocks, pages };
}

const all = (document: DocumentText) => ({ from: 0, to: document.text.length, mark: undefined });
const units = (sections: Section[]): Unit[] => sections.flatMap((section) => section.units);
const kinds = (document: DocumentText, shown = all(document)) =>
  units(sectionsOf(document, shown)).map((unit) => unit.kind);

const TABLE: Line[] = [
  ['table_header', 'Sensor | December', { table: 0 }],
  ['table_row', 'TS-1 | 390', { table: 0 }],
  ['table_row', 'TS-2 | 395', { table: 0 }],
  ['table_row', 'TS-3 | 400', { table: 0 }],
];

describe('sectionsOf', () => {
  it('rowsOfATable_andItemsOfAList_areOneUnit', () => {
    const document = documentOf([
      ['heading', 'Values', { level: 2 }],
      ['list_item', '1. one', { level: 1 }],
      ['list_item', 'below', { level: 3 }],
      ['list_item', 'two', { level: 1 }],
      ...TABLE,
      ['table_header', 'Other', { table: 1 }],
      ['table_row', 'x', { table: 1 }],
    ]);
    const [, list, table, other] = units(sectionsOf(document, all(document)));
    expect(kinds(document)).toEqual(['heading', 'list', 'table', 'table']);
    expect(list).toMatchObject({
      items: [
        { hasMarker: true, items: [{ hasMarker: false, items: [] }] },
        { hasMarker: false, items: [] },
      ],
    });
    expect(table).toMatchObject({ width: 2, numeric: [false, true], label: 'Sensor, December' });
    expect(other).toMatchObject({ width: 1 });
  });

  it('textBetweenBlocks_isNotLost', () => {
    const document = { ...documentOf([['paragraph', 'one']]), text: 'zero\none\ntwo' };
    document.blocks = [{ type: 'paragraph', start: 5, end: 8 }];
    const shown = units(sectionsOf(document, all(document)));
    expect(shown.map((unit) => document.text.slice(unit.start, unit.end))).toEqual(['zero', 'one', 'two']);
  });

  it('excerptWithinATable_hasItsHeader_andWholeRows', () => {
    const document = documentOf(TABLE);
    const from = document.text.indexOf('395');
    const shown = withWholeBlocks({ from, to: from + 8, mark: undefined }, document.blocks ?? []);
    expect(document.text.slice(shown.from, shown.to)).toBe('TS-2 | 395\nTS-3 | 400');
    const [table] = units(sectionsOf(document, shown));
    expect(table).toMatchObject({ kind: 'table', header: [[{ columns: 1 }, { columns: 1 }]] });
    expect(table?.kind === 'table' && table.rows).toHaveLength(2);
  });

  it('longParagraph_isCutAtTheExcerpt', () => {
    const document = documentOf([['paragraph', 'word '.repeat(4000).trim()]]);
    const shown = withWholeBlocks({ from: 0, to: 3000, mark: undefined }, document.blocks ?? []);
    expect(units(sectionsOf(document, shown))).toMatchObject([{ start: 0, end: 3000 }]);
  });

  it('headings_haveNoGapsInTheirDepth', () => {
    const levels = [3, 5, 5, 4, 1, 6];
    const document = documentOf(levels.map((level) => ['heading', `Level ${level}`, { level }]));
    const depths = units(sectionsOf(document, all(document))).map((unit) => unit.kind === 'heading' && unit.depth);
    expect(depths).toEqual([1, 2, 2, 2, 1, 2]);
  });

  it('pages_standBeforeWhatIsOnThem_alsoWithinATable_andEmptyOnesAreLeftOut', () => {
    const lines: Line[] = [['paragraph', 'one'], ...TABLE];
    const { text } = documentOf(lines);
    const document = documentOf(lines, [
      { page: 1, start: 0 },
      { page: 2, start: 4 },
      { page: 3, start: 4 },
      { page: 4, start: text.indexOf('TS-3') },
    ]);
    const shown = units(sectionsOf(document, all(document)));
    expect(shown.map((unit) => unit.kind)).toEqual(['page', 'text', 'page', 'table']);
    expect(shown[2]).toMatchObject({ page: 3 });
    expect(shown[3]?.kind === 'table' && shown[3].rows.map((row) => row.page)).toEqual([undefined, undefined, 4]);
  });

  it('recognisedAndHiddenText_isToldApart_onceForEachStretch', () => {
    const ocr = (confidence: number) => ({ marks: ['ocr'], confidence });
    const document = documentOf([
      ['paragraph', 'typed'],
      ['paragraph', 'seen', ocr(93)],
      ['paragraph', 'seen, too', ocr(71)],
      ['note', 'whispered', { marks: ['hidden', 'comment'] }],
    ]);
    expect(sectionsOf(document, all(document))).toMatchObject([
      { origin: undefined, units: [{ kind: 'text' }] },
      { origin: 'ocr', confidence: { low: 71, high: 93 }, units: [{ confidence: 93 }, { confidence: 71 }] },
      { origin: 'hidden', units: [{ kind: 'note', mark: 'comment' }] },
    ]);
  });

  it('hiddenRowAmongOthers_isMarked', () => {
    const document = documentOf([...TABLE, ['table_row', 'TS-4 | 0', { table: 0, marks: ['hidden'] }]]);
    const [table] = units(sectionsOf(document, all(document)));
    expect(table?.kind === 'table' && table.rows.map((row) => row.hidden)).toEqual([false, false, false, true]);
  });
});
