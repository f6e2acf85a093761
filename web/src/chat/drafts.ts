import { signal } from '@preact/signals';
import { onReaderGone } from '../session/readerStorage';
import { localStorageOrNone, readStored, sessionStorageOrNone, writeStored } from '../ui/storage';

/**
 * Questions that were typed and not asked yet, one for each conversation and one for a new question. They stay in this browser, so that leaving the page
 * or opening another conversation loses none. Works without storage, then for this visit only.
 */
type Drafts = Readonly<Record<string, string>>;

/** A question on its way to the server, which becomes a draft again when the page is left before an answer began. */
interface SentQuestion {
  readonly place: string;
  readonly text: string;
}

const DRAFTS = 'lectern.drafts';
const SENT = 'lectern.sentQuestion';
const MAX_DRAFTS = 20;
const NEW_QUESTION = 'new';

const drafts = signal<Drafts>(load());
onReaderGone(() => {
  drafts.value = {};
});

/** The draft of a conversation; of a new question without `conversation`. */
export function draftOf(conversation: string | undefined): string {
  return drafts.value[conversation ?? NEW_QUESTION] ?? '';
}

export function storeDraft(conversation: string | undefined, text: string): void {
  const place = conversation ?? NEW_QUESTION;
  const others = Object.entries(drafts.value).filter(([other]) => other !== place);
  const all = text === '' ? others : [...others, [place, text]];
  drafts.value = Object.fromEntries(all.slice(-MAX_DRAFTS));
  writeStored(localStorageOrNone(), DRAFTS, drafts.value);
}

/** Remembers a question until {@link forgetSentQuestion}. */
export function rememberSentQuestion(conversation: string | undefined, text: string): void {
  writeStored(sessionStorageOrNone(), SENT, { place: conversation ?? NEW_QUESTION, text });
}

/** The server has the question. */
export function forgetSentQuestion(): void {
  writeStored(sessionStorageOrNone(), SENT, undefined);
}

function load(): Drafts {
  const stored = readStored<Drafts>(localStorageOrNone(), DRAFTS) ?? {};
  const sent = readStored<SentQuestion>(sessionStorageOrNone(), SENT);
  if (!sent || stored[sent.place]) return stored;
  const restored = { ...stored, [sent.place]: sent.text };
  writeStored(localStorageOrNone(), DRAFTS, restored);
  forgetSentQuestion();
  return restored;
}
