import './text.css';
import type { DocumentText } from '../api/types';
import { t } from '../i18n';
import { DocumentBlocks } from './DocumentBlocks';
import { type Excerpt, partsOf } from './excerpt';
import { hasBlocks } from './units';

interface Props {
  document: DocumentText;
  shown: Excerpt;
  /** Level of the highest headings in the text. */
  top: number;
}

/** A part of a document's text with the quote marked in it. The text of an earlier release has no blocks and is shown as it is. */
export function DocumentExcerpt(props: Props) {
  return (
    <div class="document-text" dir="auto">
      {hasBlocks(props.document) ? <DocumentBlocks {...props} /> : <PlainText {...props} />}
    </div>
  );
}

function PlainText({ document, shown }: Props) {
  return (
    <div class="plain-text">
      {partsOf(document, shown).map((part) => {
        const key = `${part.kind}${part.start}`;
        if (part.kind === 'mark') return <mark key={key}>{part.text}</mark>;
        if (part.kind === 'heading') return <strong key={key}>{part.text}</strong>;
        if (part.kind === 'page')
          return (
            <span key={key} class="page-number">
              {t('cite.page', { n: Number(part.text) })}
            </span>
          );
        return part.text;
      })}
    </div>
  );
}
