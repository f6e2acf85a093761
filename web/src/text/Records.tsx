import { t } from '../i18n';
import type { Stretch } from './cells';
import { Marked, type MarkedText } from './Marked';
import type { Row, Table } from './units';

/** The rows of a table that was wide: each cell has the name of its column before a colon, and different rows have different columns. */
export function Records({ table, content }: { table: Table; content: MarkedText }) {
  return (
    <ul class="records">
      {table.rows.map((row) => (
        <li key={row.start} class={row.hidden ? 'hidden-row' : undefined}>
          {row.page === undefined ? null : <p class="page-number">{t('cite.page', { n: row.page })}</p>}
          {row.hidden ? <span class="off-screen">{t('block.hidden')}: </span> : null}
          <Record row={row} content={content} />
        </li>
      ))}
    </ul>
  );
}

function Record({ row, content }: { row: Row; content: MarkedText }) {
  return (
    <dl>
      {row.cells.map((cell) => {
        const [name, value] = divided(content.text, cell);
        return (
          <div key={cell.start}>
            <dt dir="auto">
              <Marked content={content} at={name} />
            </dt>
            <dd dir="auto">
              <Marked content={content} at={value} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Name with its colon, and value. */
function divided(text: string, cell: Stretch): [name: Stretch, value: Stretch] {
  const colon = text.indexOf(': ', cell.start);
  return [
    { start: cell.start, end: colon + 1 },
    { start: colon + 2, end: cell.end },
  ];
}
