import { isKey, language, t } from '../i18n';

/** Names of file formats by their media types; they are the same in all languages. */
const FORMATS: Record<string, string> = {
  'application/pdf': 'PDF',
  'application/msword': 'Word 97–2003',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word',
  'application/vnd.ms-excel': 'Excel 97–2003',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel',
  'application/vnd.ms-powerpoint': 'PowerPoint 97–2003',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PowerPoint',
  'application/vnd.oasis.opendocument.text': 'OpenDocument Text',
  'application/vnd.oasis.opendocument.spreadsheet': 'OpenDocument Spreadsheet',
  'application/vnd.oasis.opendocument.presentation': 'OpenDocument Presentation',
  'application/epub+zip': 'EPUB',
  'application/rtf': 'RTF',
  'text/html': 'HTML',
  'application/xhtml+xml': 'XHTML',
  'text/markdown': 'Markdown',
  'text/x-rst': 'reStructuredText',
  'text/asciidoc': 'AsciiDoc',
  'text/csv': 'CSV',
  'text/tab-separated-values': 'TSV',
  'application/json': 'JSON',
  'application/x-ndjson': 'JSON Lines',
  'application/xml': 'XML',
  'text/calendar': 'iCalendar',
  'text/vcard': 'vCard',
};

/** Date, and time if there is one, as they stand in the file: whatever its time zone, the day stays that day. */
const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d{1,9})?)?(?:[zZ]|[+-]\d{2}:?\d{2})?)?$/;

/** The name of a field of documents, as of a filter: `tags`, `created`, `metadata.author`. Keys of a front matter are shown as they are. */
export function fieldName(field: string): string {
  const name = field.replace(/^metadata\./, '');
  const key = `field.${name}`;
  return isKey(key) ? t(key) : name;
}

/** A value of a field in the reader's words: names of formats and languages, and dates. */
export function fieldValue(field: string, value: string): string {
  if (field === 'media_type') return formatName(value);
  if (field === 'language' || field === 'metadata.language') return languageName(value);
  return momentWords(value) ?? value;
}

export function formatName(mediaType: string): string {
  const known = FORMATS[mediaType];
  if (known) return known;
  if (mediaType === 'message/rfc822') return t('format.mail');
  return mediaType === 'text/plain' ? t('format.text') : mediaType;
}

function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([language()], { type: 'language', fallback: 'code' }).of(code) ?? code;
  } catch {
    // Not the code of a language: the file says what it likes.
    return code;
  }
}

/** A date or time in the reader's form; undefined of anything else. */
export function momentWords(value: string): string | undefined {
  const found = MOMENT.exec(value.trim());
  const date = new Date(`${found?.[1]}T${found?.[2] ?? '00:00'}Z`);
  if (!found || Number.isNaN(date.getTime())) return undefined;
  const timeStyle = found[2] ? { timeStyle: 'short' as const } : {};
  return date.toLocaleString(language(), { dateStyle: 'medium', timeZone: 'UTC', ...timeStyle });
}
