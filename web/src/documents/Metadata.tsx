import { t } from '../i18n';
import { fieldName, fieldValue } from './fieldWords';

/** Keys that come first, in this order; others follow as the file has them. */
const FIRST = ['author', 'from', 'to', 'cc', 'sent', 'subject', 'created', 'modified', 'language', 'keywords'];
/** Keys that are shown at once. */
const SHOWN = 8;

/** What a document says about itself. Nothing without metadata. */
export function Metadata({ metadata }: { metadata: Record<string, string[]> | undefined }) {
  const keys = sortKeys(Object.keys(metadata ?? {}));
  if (!metadata || !keys.length) return null;
  const facts = (some: readonly string[]) => (
    <dl class="facts names">
      {some.map((key) => (
        <div key={key}>
          <dt dir="auto">{fieldName(`metadata.${key}`)}</dt>
          <dd dir="auto">{(metadata[key] ?? []).map((value) => fieldValue(`metadata.${key}`, value)).join(', ')}</dd>
        </div>
      ))}
    </dl>
  );
  const more = keys.slice(SHOWN);
  return (
    <section class="document-part" aria-labelledby="document-metadata">
      <h2 id="document-metadata" class="small-head">
        {t('document.metadata')}
      </h2>
      {facts(keys.slice(0, SHOWN))}
      {more.length ? (
        <details>
          <summary class="small muted">{t('document.more', { n: more.length })}</summary>
          {facts(more)}
        </details>
      ) : null}
    </section>
  );
}

export function sortKeys(keys: readonly string[]): string[] {
  const place = (key: string) => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length);
  return [...keys].sort((one, other) => place(one) - place(other));
}
