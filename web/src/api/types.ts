/**
 * The public API (`/api/v1`) as the page reads it. Times are RFC 3339 UTC, ids are opaque, offsets count UTF-16 code units.
 * A field marked `?` may be left out; the page then shows nothing in its place. Unknown fields are ignored.
 */

/** A cursor page: `next` is left out (or null) on the last one, else it is given back as `cursor` (of messages: as `before`). */
export interface Page<T> {
  items: T[];
  next?: string | null;
}

/** RFC 9457, `application/problem+json`. */
export interface Problem {
  type?: string;
  title: string;
  status: number;
  /** Says what to do. */
  detail?: string;
  /** Stable, in lower case, such as `too_many_requests`. */
  code: string;
  requestId?: string;
  errors?: { field: string; message: string }[];
}

/** `GET /collections` → `Page<Collection>`. */
export interface Collection {
  id: string;
  name: string;
  /** How many documents are in it, whatever their status. */
  documents?: number;
  /** How many of them can be searched. */
  searchable?: number;
  /** How many of them are still to be read for the first time. */
  pending?: number;
  /** Passages in the index while it is rebuilt; nothing can be searched until then. */
  indexRebuild?: { indexed: number; expected: number };
  generation?: number;
  createdAt?: string;
  /** What the reader may do with it; each includes those before it. */
  permission?: Permission;
  /** For how many days conversations that ask it are kept; left out for as long as the server keeps them. */
  conversationsKeptDays?: number;
}

export type Permission = 'read' | 'write' | 'manage';

/** Why the text of a document is perhaps not what its file has at present; left out while there is no reason. */
export interface DocumentWarning {
  /** `newer_version_unreadable`: an earlier version is shown; `file_missing`: the file was not found at the last scan. */
  code: string;
  /** When this was noticed first. */
  since: string;
  /** A sentence, in English. */
  detail: string;
}

export type DocumentStatus = 'queued' | 'running' | 'done' | 'failed';

/** `GET /collections/{id}/documents?cursor=&limit=&status=&query=` → `Page<DocumentItem>`, newest first; `query` filters by title and path. */
export interface DocumentItem {
  id: string;
  collectionId?: string;
  title: string;
  /** Where it was found, for people: `folder:guides/name.pdf`, `upload:name.pdf`. */
  uri: string;
  status: DocumentStatus;
  /** Why it failed: a sentence that says what to do. */
  reason?: string;
  version: number;
  /** How many passages are indexed. */
  passages: number;
  mediaType?: string;
  /** Bytes of the original. */
  size?: number;
  createdAt?: string;
  updatedAt?: string;
  warning?: DocumentWarning;
  /** What the reader left out of the text, or what is to be known about it. */
  notices?: ReadingNotice[];
  /** What the file says about itself: lists of values by keys such as `author`. */
  metadata?: Record<string, string[]>;
  /** Its own tags and those of its folders. */
  tags?: string[];
  /** Those of `tags` that it has from a folder, and that change with the folder alone. */
  inheritedTags?: string[];
  /** While it is being worked on, and is not done in a moment. */
  progress?: DocumentProgress;
}

export interface ReadingNotice {
  /** Such as `scanned_pages`. */
  kind: string;
  count: number;
  total?: number;
  /** Names of the things. */
  detail?: string;
  /** The notice as a sentence in English. */
  text: string;
}

/** How far the work on a document is; `total` is known when it has been read. */
export interface DocumentProgress {
  phase: 'reading' | 'embedding' | 'storing';
  passages: { done: number; total?: number };
  /** Passages embedded a second. */
  rate?: number;
  remainingSeconds?: number;
}

/** `POST /collections/{id}/documents` (multipart, field `file`, many allowed) → 202 with one item for each file, in order; `POST /documents/{id}/reingest` answers likewise. */
export interface Uploaded {
  items: UploadedItem[];
}

export interface UploadedItem {
  /** Of a file that was kept beside another one: its new name. */
  path?: string;
  outcome?: 'added' | 'renamed' | 'replaced' | 'existing' | 'refused';
  /** Of a refused file: the document of the same name that is there. */
  document?: DocumentItem;
  job?: Job;
  /** The same content was there before. */
  existing?: boolean;
}

/** `GET /documents/{id}/text`: what was read from the original. */
export interface DocumentText {
  documentId: string;
  title: string;
  uri: string;
  version: number;
  text: string;
  /** In the order of the text. */
  headings?: { level: number; text: string; start: number }[];
  pages?: { page: number; start: number }[];
  /** In the order of the text, without overlap; none while the text is that of an earlier release. */
  blocks?: TextBlock[];
  warning?: DocumentWarning;
}

/** A part of a document's text that is one unit in its file. */
export interface TextBlock {
  /**
   * `heading`, `paragraph`, `list_item`, `table_header`, `table_row`, `code`, `quote`, `formula`, `note`, `caption` or `furniture` (what each page
   * repeats). The cells of rows and headers are parted by ` | `.
   */
  type: string;
  /** Offsets in the document's text. */
  start: number;
  end: number;
  /** Of a heading or list item, from 1. */
  level?: number | null;
  page?: number | null;
  /** Number of its table in the document; its headers come before its rows. */
  table?: number | null;
  /** Such as `speaker_note`, `comment`, `footnote`, `header`, `footer`, `page_number`, `hidden` and `ocr`. */
  marks?: string[] | null;
  /** Of recognised text, in percent. */
  confidence?: number | null;
}

/** `GET /collections/{id}/fields` → `{items: Field[]}`: what documents can be filtered by. */
export interface Field {
  /** Of a condition, such as `tags` or `metadata.author`. */
  field: string;
  /** Ranges are possible for dates and numbers. */
  kind: 'text' | 'date' | 'number';
  /** How many documents have it. */
  documents: number;
  /** How many different values it has. */
  distinct: number;
  /** The most frequent ones. */
  values: { value: string; documents: number }[];
  /** The smallest and the largest value of dates and numbers. */
  from?: string | null;
  to?: string | null;
}

/** Restricts a question to the documents that meet every condition. */
export interface SearchFilter {
  all: FilterCondition[];
}

/** Has either `equals`, or `anyOf`, or `from` and `to`, of which one may be missing. */
export interface FilterCondition {
  field: string;
  equals?: string | number | boolean | null;
  anyOf?: (string | number | boolean)[] | null;
  from?: string | number | null;
  to?: string | number | null;
}

/** `GET /jobs/{id}`; `GET /jobs/{id}/events` streams `progress {job}` and ends with `finished {job}`, whatever became of it. */
export interface Job {
  id: string;
  status: DocumentStatus | 'cancelled';
  /** Why it failed: a sentence that says what to do. */
  reason?: string;
  collectionId?: string;
  documents?: { done: number; failed?: number; total?: number };
  /** `total` is known when all documents have been read. */
  passages?: { done: number; total?: number };
  /** Passages embedded a second. */
  rate?: number;
  remainingSeconds?: number;
  /** Documents that are being worked on, those with the most passages left first. */
  running?: (DocumentProgress & { documentId: string; title: string })[];
  /** Set while the documents wait for a service that is away. */
  paused?: { service: 'embedder' | 'index' | 'originals' | 'database'; code: string; reason: string; since: string };
}

/** `GET /collections/{id}/suggestions` → `{items: Suggestion[]}`; 404 or empty hides them. */
export interface Suggestion {
  question: string;
  documentId: string;
}

/** A passage that was found: of `POST /search`, of the event `passages`, of an abstention's `nearest`. */
export interface FoundPassage {
  passageId: string;
  documentId: string;
  title: string;
  uri: string;
  page?: number | null;
  headings: string[];
  text: string;
  /** The text as people read it, with the names of the columns in each row of a table; absent if that is `text`. */
  displayText?: string | null;
  /** In the document's text. */
  start: number;
  end: number;
  score: number;
  warning?: DocumentWarning;
}

/** A numbered link from a sentence of an answer to the span that supports it. In the answer's text it is written `[1]` after its sentence, several as `[1][2]`. */
export interface Citation {
  number: number;
  documentId: string;
  title: string;
  uri: string;
  page?: number | null;
  headings: string[];
  /** Empty when withheld because the document was deleted. */
  quote: string;
  /** The quote as people read it, with the names of the columns in each row of a table; absent if that is `quote`. */
  displayQuote?: string | null;
  /** Of the quote in the document's text. */
  start: number;
  end: number;
  score: number;
  /** What became of the document since: left out (or `current`), `changed` (opens the present text), `deleted` (quote withheld). */
  state?: 'current' | 'changed' | 'deleted';
  /** About the present text of the document. */
  warning?: DocumentWarning;
}

/** A sentence without support. Offsets in the answer's text. `reason` is `no_citation`, `number`, `name` … or a sentence. */
export interface Unsupported {
  start: number;
  end: number;
  reason: string;
}

export interface Answer {
  id: string;
  status: 'answered' | 'abstained' | 'failed';
  /**
   * Of an abstention `nothing_found`, `too_weak`, `not_answered`, `model_unavailable`, `budget_used_up`; of a failure `stopped` (by the reader), `interrupted`
   * (the server or the reader went away) or the code of a problem. Text that was written until then is kept.
   */
  reason?: string | null;
  /** Markdown with `[n]` where a citation stands. */
  text: string;
  /** The same without Markdown; `[n]` stays. */
  plainText?: string;
  citations: Citation[];
  unsupported: Unsupported[];
  /** `extractive` when it is quoted from the documents. */
  model?: string | null;
  /** The model that the service says it used, without the name of the service. */
  answeringModel?: string | null;
  /** There when another model or quotation stepped in for `from`; `reason` is `model_unavailable`, `rate_limited` … */
  fallback?: { from: string; reason: string } | null;
  /** There when the text is cut off: `length`, `filter`, `too_long`, `deadline` or `other`. */
  truncated?: string | null;
  cached?: boolean;
  /** `cost` in US dollars, null while there are no prices. */
  usage?: { inputTokens: number; outputTokens: number; thinkingTokens?: number | null; cost?: number | null };
  /** Milliseconds by stage, with `total`. */
  timings?: Record<string, number>;
  /** Of an abstention: the nearest passages, best first. */
  nearest?: FoundPassage[];
  /** What was searched for, made self-contained, in how many collections and documents; `searchable` and `pending` as of a collection. */
  searched?: { question: string; collections?: number; documents?: number; searchable?: number; pending?: number };
}

/** `POST /conversations {title?, collections?}`, `GET /conversations?cursor=` → `Page<Conversation>` newest first, `PATCH {title}`. */
export interface Conversation {
  id: string;
  /** Made of the first question until it is renamed. */
  title: string;
  /** Ids of the collections that are searched; left out or empty: all that may be read. */
  collections?: string[];
  createdAt: string;
  updatedAt: string;
  /** When it is deleted unless another question is asked; left out when it is kept without an end. */
  expiresAt?: string;
}

/** `GET /conversations/{id}/messages?before=&limit=` → `Page<Message>`, newest first, of the present branch. */
export type Message = QuestionMessage | AnswerMessage;

export interface QuestionMessage {
  id: string;
  conversationId?: string;
  role: 'question';
  content: string;
  /** Which documents it was asked to; left out for all. */
  filter?: SearchFilter | null;
  createdAt: string;
}

export interface AnswerMessage {
  id: string;
  conversationId?: string;
  role: 'answer';
  questionId: string;
  createdAt: string;
  /** Left out while it is being written: its events are then at `…/messages/{id}/events`. */
  answer?: Answer | null;
  feedback?: Feedback | null;
}

/** `POST /messages/{id}/feedback`. */
export interface Feedback {
  rating: 'up' | 'down';
  comment?: string;
}

/** `POST /conversations/{id}/messages`. */
export interface Ask {
  /** 1 to 4,000 characters. */
  content: string;
  /** Id of the earlier question that this one takes the place of. */
  replaces?: string;
  filter?: SearchFilter;
}

/** The data of each event of an answer's stream, by the event's name. Every event has an `id`. */
export interface AnswerEvents {
  started: { messageId: string; conversationId: string; questionId: string };
  passages: { items: FoundPassage[] };
  delta: { text: string };
  /** Comes after the last delta. */
  citations: { citations: Citation[]; unsupported: Unsupported[] };
  /** The last event. Its answer is the truth, whatever was streamed. */
  finished: { answer: Answer };
  /** The last event, instead of `finished`. Its answer has what was written until then. */
  failed: { problem: Problem; answer?: Answer };
}
