import { describe, expect, it } from 'vitest';
import { cellsOf, headerCells, numericColumns } from './cells';

/** The rows of a text, one a line, with their cells. */
const rowsOf = (text: string) => {
  let at = 0;
  return text.split('\n').map((line) => {
    const row = { start: at, end: at + line.length };
    at = row.end + 1;
    return cellsOf(text, row);
  });
};
const words = (text: string, cells: { start: number; end: number }[]) =>
  cells.map((cell) => text.slice(cell.start, cell.end));

describe('cellsOf', () => {
  it.each([
    ['a | b | c', ['a', 'b', 'c']],
    ['| b', ['', 'b']],
    ['a |  | c', ['a', '', 'c']],
    ['a|b | x|y', ['a|b', 'x|y']],
    ['alone', ['alone']],
  ])('%j', (row, expected) => {
    expect(words(row, cellsOf(row, { start: 0, end: row.length }))).toEqual(expected);
  });

  it('offsets_areThoseOfTheWholeText', () => {
    const text = 'before\nTS-0087 | 400\nafter | all';
    const cells = cellsOf(text, { start: 7, end: 20 });
    expect(words(text, cells)).toEqual(['TS-0087', '400']);
    expect(cells[1]).toEqual({ start: 17, end: 20 });
  });
});

describe('headerCells', () => {
  const drawn = (text: string, width: number) =>
    headerCells(text, rowsOf(text), width).map((row) =>
      row.map((cell) => [text.slice(cell.start, cell.end), cell.columns, cell.rows]),
    );

  it('namesAcrossColumnsAndRows_areOneCell', () => {
    expect(drawn('Plant | 2023 | 2023 | 2024\nPlant | Planned | Produced | Planned', 4)).toEqual([
      [
        ['Plant', 1, 2],
        ['2023', 2, 1],
        ['2024', 1, 1],
      ],
      [
        ['Planned', 1, 1],
        ['Produced', 1, 1],
        ['Planned', 1, 1],
      ],
    ]);
  });

  it('equalNamesOfOneRow_nameTheirColumns', () => {
    expect(drawn('Name | Price | Price', 3)[0]).toHaveLength(3);
  });

  it('titleOfTheTable_isOneCell_andMissingNamesAreEmpty', () => {
    expect(drawn('Tariff | Tariff | Tariff', 3)).toEqual([[['Tariff', 3, 1]]]);
    expect(drawn('Zone | Hour', 3)[0]).toEqual([
      ['Zone', 1, 1],
      ['Hour', 1, 1],
      ['', 1, 1],
    ]);
  });
});

it('numericColumns_haveNumbersAlone', () => {
  const text = 'TS-1 | 1,200.5 | 61 % | - | A1\nTS-2 | −3 |  | 7 | 12';
  expect(numericColumns(text, rowsOf(text), 6)).toEqual([false, true, true, true, false, false]);
});
