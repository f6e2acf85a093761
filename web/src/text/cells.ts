/** A part of a text by its offsets, UTF-16 units; `end` is exclusive. */
export interface Stretch {
  start: number;
  end: number;
}

/** What parts the cells of a row. */
const GAP = ' | ';

/** The cells of a row, empty ones included. The row is a stretch of the text, as a block of the type `table_row`. */
export function cellsOf(text: string, row: Stretch): Stretch[] {
  const cells: Stretch[] = [];
  let from = row.start;
  const part = (end: number) => {
    cells.push(trimmed(text, from, end));
  };
  // A row loses the space before its first bar if its first cell is empty.
  if (text.startsWith('| ', from)) {
    part(from);
    from += 2;
  }
  for (let gap = text.indexOf(GAP, from); gap >= 0 && gap + GAP.length <= row.end; gap = text.indexOf(GAP, from)) {
    part(gap);
    from = gap + GAP.length;
  }
  part(row.end);
  return cells;
}

function trimmed(text: string, from: number, to: number): Stretch {
  let [start, end] = [from, Math.max(from, to)];
  while (start < end && text[start] === ' ') start++;
  while (end > start && text[end - 1] === ' ') end--;
  return { start, end };
}

/** A name of columns with the columns and header rows that it covers. */
export interface HeaderCell extends Stretch {
  /** The first of its columns, from 0. */
  column: number;
  columns: number;
  rows: number;
}

/**
 * Header rows as they stood in the file: a name that is repeated since its cell covers several columns or rows becomes one cell again. The last row names the
 * columns one by one, so equal names in it stay, unless it is the only one and has one name, as the title of a table.
 *
 * @param rows cells of the header rows, from the top
 * @param width number of columns; missing cells are empty ones
 */
export function headerCells(text: string, rows: readonly Stretch[][], width: number): HeaderCell[][] {
  const values = rows.map((row) => row.map((cell) => text.slice(cell.start, cell.end)));
  const taken = rows.map(() => new Array<boolean>(width).fill(false));
  const value = (row: number, column: number) => values[row]?.[column] ?? '';
  const isTitle = (row: number) =>
    width > 1 && new Set(Array.from({ length: width }, (_, at) => value(row, at))).size === 1;
  const free = (row: number, column: number) => !taken[row]?.[column];
  return rows.map((row, at) =>
    Array.from({ length: width }, (_, column) => {
      if (!free(at, column)) return undefined;
      const name = value(at, column);
      const mayMerge = name !== '' && (at < rows.length - 1 || isTitle(at));
      let columns = 1;
      while (mayMerge && column + columns < width && value(at, column + columns) === name && free(at, column + columns))
        columns++;
      const covers = (below: number) =>
        Array.from({ length: columns }, (_, add) => value(below, column + add)).every((other) => other === name);
      let height = 1;
      while (name !== '' && at + height < rows.length && covers(at + height)) height++;
      for (let down = at; down < at + height; down++) taken[down]?.fill(true, column, column + columns);
      const cell = row[column] ?? { start: 0, end: 0 };
      return { ...cell, column, columns, rows: height };
    }).filter((cell) => cell !== undefined),
  );
}

const NUMBER = /^[-+−–]?[\d.,'’\u00a0\u202f ]*\d\s?[%€$£]?$|^[-–—]?$/;

/** Which columns have numbers and nothing else, so that they are aligned at their ends. */
export function numericColumns(text: string, rows: readonly Stretch[][], width: number): boolean[] {
  return Array.from({ length: width }, (_, column) => {
    const values = rows.map((row) => row[column]).map((cell) => (cell ? text.slice(cell.start, cell.end) : ''));
    return values.every((value) => NUMBER.test(value)) && values.some((value) => /\d/.test(value));
  });
}
