import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { DocumentText } from '../api/types';
import { isKey, t } from '../i18n';
import type { Excerpt } from './excerpt';
import { Marked, type MarkedText } from './Marked';
import { Records } from './Records';
import { TextTable } from './TextTable';
import { type ListItem, type Section, sectionsOf, type Unit, withWholeBlocks } from './units';

/** Confidence in percent below which a single block says its own. */
const DOUBTFUL = 80;

interface Props {
  document: DocumentText;
  shown: Excerpt;
  /** Level of the highest headings in the text, so that they stand below those of the page. */
  top: number;
}

/** The excerpt as the blocks of the file: headings, lists, tables, code, notes. The marked quote may begin and end within any of them. */
export function DocumentBlocks({ document, shown, top }: Props) {
  const whole = useMemo(() => withWholeBlocks(shown, document.blocks ?? []), [document, shown]);
  const sections = useMemo(() => sectionsOf(document, whole), [document, whole]);
  const content: MarkedText = { text: document.text, mark: shown.mark };
  return (
    <div class="blocks">
      {sections.map((section) => (
        <OriginSection key={section.units[0]?.start} section={section}>
          {section.units.map((unit) => (
            <UnitView key={`${unit.kind}${unit.start}`} unit={unit} content={content} top={top} />
          ))}
        </OriginSection>
      ))}
    </div>
  );
}

/** Says once for all units below it that they were recognised in a picture, or are hidden in the file. */
function OriginSection({ section, children }: { section: Section; children: ComponentChildren }) {
  if (!section.origin) return <>{children}</>;
  return (
    <div class={`origin ${section.origin}`}>
      <p class="block-label">{originWords(section)}</p>
      {children}
    </div>
  );
}

function originWords({ origin, confidence }: Section): string {
  if (origin === 'hidden') return t('block.hidden');
  if (!confidence) return t('block.ocr');
  const { low, high } = confidence;
  return low === high ? t('block.ocrSure', { percent: low }) : t('block.ocrRange', { low, high });
}

function UnitView({ unit, content, top }: { unit: Unit; content: MarkedText; top: number }) {
  switch (unit.kind) {
    case 'heading': {
      const Tag = `h${Math.min(6, top + unit.depth - 1)}` as 'h2';
      return (
        <Tag class={unit.level > 2 ? 'minor' : undefined} id={headingId(unit.start)} dir="auto" tabIndex={-1}>
          <Marked content={content} at={unit} />
        </Tag>
      );
    }
    case 'list':
      return <List items={unit.items} content={content} />;
    case 'table':
      return unit.named ? <Records table={unit} content={content} /> : <TextTable table={unit} content={content} />;
    case 'page':
      return <p class="page-number">{t('cite.page', { n: unit.page })}</p>;
    case 'code':
      return (
        <pre dir="ltr">
          <code>
            <Marked content={content} at={unit} />
          </code>
        </pre>
      );
    case 'formula':
      return (
        <p class="formula" dir="ltr">
          <Label>{t('block.formula')}</Label>
          <code>
            <Marked content={content} at={unit} />
          </code>
        </p>
      );
    case 'quote':
      return (
        <blockquote dir="auto">
          <Marked content={content} at={unit} />
        </blockquote>
      );
    case 'note':
      return (
        // No aside, which would be a landmark for each footnote.
        <div class="text-note" role="note">
          <p class="block-label">{noteWords(unit.mark)}</p>
          <p dir="auto">
            <Marked content={content} at={unit} />
          </p>
        </div>
      );
    case 'furniture':
      return (
        <p class="furniture" dir="auto">
          <Label>{furnitureWords(unit.mark)}</Label>
          <Marked content={content} at={unit} />
        </p>
      );
    default:
      return (
        <p class={unit.kind === 'caption' ? 'caption' : undefined} dir="auto">
          <Marked content={content} at={unit} />
          {unit.confidence !== undefined && unit.confidence < DOUBTFUL ? (
            <span class="doubtful"> {t('block.sure', { percent: unit.confidence })}</span>
          ) : null}
        </p>
      );
  }
}

/** Where the contents of a document lead. */
export function headingId(start: number): string {
  return `heading-${start}`;
}

function Label({ children }: { children: string }) {
  return <span class="off-screen">{children}: </span>;
}

function noteWords(mark: string | undefined): string {
  const key = `block.${mark}`;
  return isKey(key) ? t(key) : t('block.note');
}

function furnitureWords(mark: string | undefined): string {
  const key = `block.${mark}`;
  return isKey(key) ? t(key) : t('block.furniture');
}

function List({ items, content }: { items: readonly ListItem[]; content: MarkedText }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item.start} class={item.hasMarker ? 'own-marker' : undefined} dir="auto">
          <Marked content={content} at={item} />
          {item.items.length ? <List items={item.items} content={content} /> : null}
        </li>
      ))}
    </ul>
  );
}
