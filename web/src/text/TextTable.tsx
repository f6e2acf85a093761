import { t } from '../i18n';
import type { HeaderCell } from './cells';
import { Marked, type MarkedText } from './Marked';
import type { Row, Table } from './units';

/** A table of a document. One that is wider than its place scrolls in it. */
export function TextTable({ table, content }: { table: Table; content: MarkedText }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="table" tabIndex={0} aria-label={table.label || t('block.table')}>
      <table>
        {table.header.length ? (
          <thead>
            {table.header.map((row) => (
              <tr key={row[0]?.start}>
                {row.map((cell) => (
                  <Name key={cell.column} cell={cell} table={table} content={content} />
                ))}
              </tr>
            ))}
          </thead>
        ) : null}
        <tbody>
          {table.rows.map((row) => (
            <RowView key={row.start} row={row} table={table} content={content} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The name of one or more columns; of a column without a name, an empty cell. */
function Name({ cell, table, content }: { cell: HeaderCell; table: Table; content: MarkedText }) {
  const size = {
    ...(cell.columns > 1 ? { colSpan: cell.columns } : {}),
    ...(cell.rows > 1 ? { rowSpan: cell.rows } : {}),
  };
  if (cell.end <= cell.start) return <td {...size} />;
  const align = cell.columns > 1 ? 'group' : table.numeric[cell.column] ? 'align-right' : undefined;
  return (
    <th {...size} scope={cell.columns > 1 ? 'colgroup' : 'col'} class={align} dir="auto">
      <Marked content={content} at={cell} />
    </th>
  );
}

function RowView({ row, table, content }: { row: Row; table: Table; content: MarkedText }) {
  const missing = table.width - row.cells.length;
  return (
    <>
      {row.page === undefined ? null : (
        <tr class="page-row">
          <td colSpan={table.width}>{t('cite.page', { n: row.page })}</td>
        </tr>
      )}
      <tr class={row.hidden ? 'hidden-row' : undefined}>
        {row.cells.map((cell, column) => {
          const labels = column === 0 && table.width > 1 && cell.end > cell.start;
          const inside = (
            <>
              {column === 0 && row.hidden ? <span class="off-screen">{t('block.hidden')}: </span> : null}
              <Marked content={content} at={cell} />
            </>
          );
          const align = table.numeric[column] ? 'align-right' : undefined;
          const key = `${column}`;
          return labels ? (
            <th key={key} scope="row" class={align} dir="auto">
              {inside}
            </th>
          ) : (
            <td key={key} class={align} dir="auto">
              {inside}
            </td>
          );
        })}
        {missing > 0 ? <td colSpan={missing} /> : null}
      </tr>
    </>
  );
}
