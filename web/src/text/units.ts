import type { DocumentText, TextBlock } from '../api/types';
import { cellsOf, type HeaderCell, headerCells, numericColumns, type Stretch } from './cells';
import { type Excerpt, STEP } from './excerpt';

/** What is drawn as one element of its own. Offsets are those of the document's text. */
export type Unit =
  | (Stretch & { kind: 'heading'; depth: number; level: number })
  | (Stretch & { kind: 'list'; items: ListItem[] })
  | (Stretch & { kind: 'table' } & Table)
  | (Stretch & { kind: 'page'; page: number })
  | (Stretch & {
      kind: 'text' | 'code' | 'quote' | 'formula' | 'note' | 'caption' | 'furniture';
      mark?: string;
      confidence?: number;
    });

export interface ListItem extends Stretch {
  /** Its text begins with a number or a sign of its own. */
  hasMarker: boolean;
  items: ListItem[];
}

export interface Row extends Stretch {
  cells: Stretch[];
  /** Hidden in the file, other than rows beside it. */
  hidden: boolean;
  /** The page that begins with it. */
  page: number | undefined;
}

export interface Table {
  header: HeaderCell[][];
  rows: Row[];
  width: number;
  /** By column, whether it has numbers only. */
  numeric: boolean[];
  /** There is no header, since each cell has the name of its column before a colon: the table was wide. */
  named: boolean;
  /** For a screen reader: its caption, else the names of its columns. May be empty. */
  label: string;
}

/** Units that follow each other and have the same origin. */
export interface Section {
  /** They were recognised in a picture, or are hidden in the file. */
  origin: 'ocr' | 'hidden' | undefined;
  /** Smallest and largest confidence in percent, of recognised ones. */
  confidence: { low: number; high: number } | undefined;
  units: Unit[];
}

/** Blocks that are shown whole when a part of them is; longer ones are cut where the excerpt is. */
const WHOLE = 2 * STEP;
const LABEL = 120;
const NAMED = /^[^:]{1,200}: /;
const MARKER = /^(?:\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|[•◦▪–*-]|\[[ xX]?\])\s/;

/** Whether the document has blocks to draw; texts of an earlier release have none. */
export function hasBlocks(document: DocumentText): boolean {
  return (document.blocks?.length ?? 0) > 0;
}

/** The excerpt with whole blocks at its ends: a row of a table is never cut. */
export function withWholeBlocks(shown: Excerpt, blocks: readonly TextBlock[]): Excerpt {
  const edge = (at: number) =>
    blocks.find((block) => block.start < at && at < block.end && (isRow(block) || block.end - block.start <= WHOLE));
  return { ...shown, from: edge(shown.from)?.start ?? shown.from, to: edge(shown.to)?.end ?? shown.to };
}

/** What is drawn of the excerpt. Text between blocks is drawn as well. */
export function sectionsOf(document: DocumentText, shown: Excerpt): Section[] {
  const blocks = document.blocks ?? [];
  const groups = grouped(visible(document.text, blocks, shown));
  const depthOf = headingDepths();
  const pages = pageStarts(document, shown);
  const sections: Section[] = [];
  for (const [place, group] of groups.entries()) {
    const { origin, confidence } = originOf(group);
    let section = sections.at(-1);
    if (!section || section.origin !== origin) {
      section = { origin, confidence: undefined, units: [] };
      sections.push(section);
    }
    section.confidence = wider(section.confidence, confidence);
    const start = group[0]?.start ?? 0;
    const page = pages.before(start);
    if (page) section.units.push({ kind: 'page', start: page.start, end: page.start, page: page.page });
    section.units.push(unitOf(document, group, groups[place - 1], depthOf, pages.before));
  }
  return sections;
}

function isRow(block: TextBlock): boolean {
  return block.type === 'table_row' || block.type === 'table_header';
}

/** The blocks of the excerpt, cut at its ends, with text that is in no block as paragraphs. */
function visible(text: string, blocks: readonly TextBlock[], shown: Excerpt): TextBlock[] {
  const found: TextBlock[] = [];
  let at = shown.from;
  const between = (to: number) => {
    const gap = text.slice(at, to);
    const start = at + gap.length - gap.trimStart().length;
    const end = at + gap.trimEnd().length;
    if (end > start) found.push({ type: 'paragraph', start, end });
  };
  for (const block of blocks) {
    if (block.end <= shown.from || block.start >= shown.to) continue;
    const [start, end] = isRow(block)
      ? [block.start, block.end]
      : [Math.max(block.start, shown.from), Math.min(block.end, shown.to)];
    between(start);
    found.push({ ...block, start, end });
    at = Math.max(at, end);
  }
  between(shown.to);
  const first = found[0];
  return first && isRow(first) ? [...headersAbove(blocks, first), ...found] : found;
}

/** The header rows of a table that the excerpt begins within. */
function headersAbove(blocks: readonly TextBlock[], row: TextBlock): TextBlock[] {
  if (row.table === undefined || row.table === null) return [];
  return blocks.filter((block) => block.type === 'table_header' && block.table === row.table && block.end <= row.start);
}

/** Rows of one table, and items of one list, belong together; any other block stands alone. */
function grouped(blocks: readonly TextBlock[]): TextBlock[][] {
  const groups: TextBlock[][] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (last && before && belongs(before, block)) last.push(block);
    else groups.push([block]);
  }
  return groups;
}

function belongs(before: TextBlock, block: TextBlock): boolean {
  if (isRow(block)) {
    if (!isRow(before) || before.table !== block.table) return false;
    return block.table !== undefined || !(block.type === 'table_header' && before.type === 'table_row');
  }
  return block.type === 'list_item' && before.type === 'list_item' && sameOrigin(before, block);
}

function sameOrigin(one: TextBlock, other: TextBlock): boolean {
  return ['ocr', 'hidden'].every((mark) => has(one, mark) === has(other, mark));
}

function has(block: TextBlock, mark: string): boolean {
  return block.marks?.includes(mark) ?? false;
}

function originOf(group: readonly TextBlock[]): Pick<Section, 'origin' | 'confidence'> {
  if (group.every((block) => has(block, 'hidden'))) return { origin: 'hidden', confidence: undefined };
  if (!group.some((block) => has(block, 'ocr'))) return { origin: undefined, confidence: undefined };
  const known = group.map((block) => block.confidence).filter((percent) => typeof percent === 'number');
  const confidence = known.length ? { low: Math.min(...known), high: Math.max(...known) } : undefined;
  return { origin: 'ocr', confidence };
}

function wider(one: Section['confidence'], other: Section['confidence']): Section['confidence'] {
  if (!one || !other) return one ?? other;
  return { low: Math.min(one.low, other.low), high: Math.max(one.high, other.high) };
}

/** Pages that begin in the excerpt; each is given once, to the first thing that stands on it. Pages without text are passed over. */
function pageStarts(document: DocumentText, shown: Excerpt) {
  const starts = (document.pages ?? []).filter(({ start }) => start >= shown.from && start < shown.to);
  let next = 0;
  return {
    before: (at: number) => {
      let found: (typeof starts)[number] | undefined;
      for (let page = starts[next]; page && page.start <= at; page = starts[next]) {
        found = page;
        next++;
      }
      return found;
    },
  };
}

type PageBefore = ReturnType<typeof pageStarts>['before'];

/** Levels without a gap: a document may begin at the third and go on with the fifth. */
function headingDepths(): (level: number) => number {
  const open: number[] = [];
  return (level) => {
    while ((open.at(-1) ?? 0) >= level) open.pop();
    open.push(level);
    return open.length;
  };
}

function unitOf(
  document: DocumentText,
  group: readonly TextBlock[],
  before: readonly TextBlock[] | undefined,
  depthOf: (level: number) => number,
  pageBefore: PageBefore,
): Unit {
  const first = group[0] as TextBlock;
  const last = group.at(-1) as TextBlock;
  const { start } = first;
  const { end } = last;
  if (isRow(first))
    return {
      kind: 'table',
      start,
      end,
      ...tableOf(document.text, group, captionOf(document.text, before), pageBefore),
    };
  switch (first.type) {
    case 'heading': {
      const level = first.level ?? 1;
      return { kind: 'heading', start, end, level, depth: depthOf(level) };
    }
    case 'list_item':
      return { kind: 'list', start, end, items: nested(document.text, group) };
    case 'code':
    case 'quote':
    case 'formula':
    case 'note':
    case 'caption':
    case 'furniture':
      return { kind: first.type, start, end, ...details(first) };
    default:
      return { kind: 'text', start, end, ...details(first) };
  }
}

function details(block: TextBlock): { mark?: string; confidence?: number } {
  const mark = block.marks?.find((one) => one !== 'ocr' && one !== 'hidden');
  const { confidence } = block;
  return { ...(mark ? { mark } : {}), ...(typeof confidence === 'number' ? { confidence } : {}) };
}

function captionOf(text: string, before: readonly TextBlock[] | undefined): string {
  const block = before?.at(-1);
  return block?.type === 'caption' ? text.slice(block.start, block.end) : '';
}

function tableOf(text: string, blocks: readonly TextBlock[], caption: string, pageBefore: PageBefore): Table {
  const headers = blocks.filter((block) => block.type === 'table_header').map((block) => cellsOf(text, block));
  const allHidden = blocks.every((block) => has(block, 'hidden'));
  const rows = blocks
    .filter((block) => block.type === 'table_row')
    .map((block) => ({
      start: block.start,
      end: block.end,
      cells: cellsOf(text, block),
      hidden: !allHidden && has(block, 'hidden'),
      page: pageBefore(block.start)?.page,
    }));
  const cells = rows.map((row) => row.cells);
  const width = Math.max(1, ...[...headers, ...cells].map((row) => row.length));
  const names = (headers.at(-1) ?? []).map((cell) => text.slice(cell.start, cell.end)).filter(Boolean);
  return {
    header: headerCells(text, headers, width),
    rows,
    width,
    numeric: numericColumns(text, cells, width),
    named: headers.length === 0 && cells.flat().every((cell) => NAMED.test(text.slice(cell.start, cell.end))),
    label: cut(caption || names.join(', ')),
  };
}

function cut(label: string): string {
  return label.length > LABEL ? `${label.slice(0, LABEL)}…` : label;
}

/** Items by their levels; one that skips a level is below the item before it. */
function nested(text: string, blocks: readonly TextBlock[]): ListItem[] {
  const top: ListItem[] = [];
  const open: { level: number; item: ListItem }[] = [];
  for (const { start, end, level } of blocks) {
    const depth = level ?? 1;
    const item: ListItem = {
      start,
      end,
      hasMarker: MARKER.test(text.slice(start, Math.min(end, start + 8))),
      items: [],
    };
    while ((open.at(-1)?.level ?? 0) >= depth) open.pop();
    (open.at(-1)?.item.items ?? top).push(item);
    open.push({ level: depth, item });
  }
  return top;
}
