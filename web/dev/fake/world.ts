import type {
  Answer,
  AnswerMessage,
  Citation,
  Collection,
  Conversation,
  DocumentItem,
  FoundPassage,
  Job,
  QuestionMessage,
} from '../../src/api/types';
import { ANSWERS, SAMPLES, type Sample, sampleOf } from './content';

/** A kept stream: its frames so far, and who waits for more. */
export interface Stream {
  conversation: string;
  frames: string[];
  done: boolean;
  stopped: boolean;
  text: string;
  wake: Set<() => void>;
}

export interface Doc extends DocumentItem {
  sample: Sample;
  bytes: Buffer;
}

/** Everything the fake server knows. Survives a "restart" of its sockets. */
export class World {
  readonly collections: Collection[] = [{ id: 'default', name: 'Documents', documents: 0, generation: 1 }];
  readonly documents = new Map<string, Doc>();
  readonly conversations = new Map<string, Conversation>();
  readonly messages = new Map<string, (QuestionMessage | AnswerMessage)[]>();
  readonly streams = new Map<string, Stream>();
  readonly jobs = new Map<string, Job>();
  readonly jobDocuments = new Map<string, string>();
  readonly asked = new Map<string, string>();
  #count = 0;

  id(kind: string): string {
    this.#count++;
    return `${kind}${this.#count.toString(36).padStart(4, '0')}`;
  }

  addSamples(): void {
    for (const sample of SAMPLES) this.addDocument(sample, Buffer.from(sample.text), 'done');
  }

  addDocument(sample: Sample, bytes: Buffer, status: DocumentItem['status'], reason?: string): Doc {
    const id = this.id('d');
    const now = new Date().toISOString();
    const doc: Doc = {
      id,
      collectionId: 'default',
      title: sample.title,
      uri: `upload:${sample.name}`,
      status,
      version: 1,
      passages: status === 'done' ? Math.max(1, Math.round(sample.text.length / 400)) : 0,
      size: bytes.length,
      mediaType: /\.pdf$/.test(sample.name) ? 'application/pdf' : 'text/plain',
      metadata: { author: ['Human Resources'], created: ['2025-03-01'] },
      notices: [{ kind: 'scanned_pages', count: 4, total: 5, text: '4 of 5 pages have no text: they are scanned.' }],
      createdAt: now,
      updatedAt: now,
      sample,
      bytes,
      ...(reason ? { reason } : {}),
    };
    this.documents.set(id, doc);
    return doc;
  }

  upload(name: string, bytes: Buffer): Doc {
    const text = bytes.toString('utf8');
    return this.addDocument(sampleOf(name, text), bytes, 'queued');
  }

  /** Many documents with varied states, for looking at long lists. */
  fill(count: number): void {
    for (let n = 0; n < count; n++) {
      const name = `${['report', 'minutes', 'contract', 'invoice', 'Übersicht'][n % 5]}-${2000 + (n % 26)}-${n}.pdf`;
      const failed = n % 97 === 5;
      this.addDocument(
        {
          name,
          title: name.replace('.pdf', '').replaceAll('-', ' '),
          text: 'Text.',
          headings: [],
          pages: [],
          blocks: [],
        },
        Buffer.from('x'),
        failed ? 'failed' : 'done',
        failed ? 'The file is encrypted. Remove its password and add it again.' : undefined,
      );
    }
  }

  find(words: RegExp | string): FoundPassage[] {
    const found: FoundPassage[] = [];
    for (const doc of this.documents.values()) {
      const lines = [...doc.sample.text.matchAll(/[^\n]+/g)];
      for (const line of lines) {
        const hit =
          typeof words === 'string' ? line[0].toLowerCase().includes(words.toLowerCase()) : words.test(line[0]);
        if (hit && line[0].length > 40) found.push(passage(doc, line[0], line.index, found.length));
      }
    }
    return found;
  }

  /** The answer to a question, or an abstention with what is nearest. */
  answer(id: string, question: string): { answer: Answer; passages: FoundPassage[] } {
    const known = ANSWERS.find((entry) => entry.when.test(question));
    const word = question.split(/\W+/).sort((a, b) => b.length - a.length)[0] ?? '';
    if (!known) return this.#quoteOrAbstain(id, question, word);
    const citations: Citation[] = [];
    const text = known.text.replace(/\{([^{}|\\]+)\}/g, (all, words: string) => {
      const hit = this.find(words)[0];
      if (!hit) return all.includes('\\') ? all : '';
      const same = citations.find((other) => other.start === hit.start && other.documentId === hit.documentId);
      const citation = same ?? { ...quoted(hit, words), number: citations.length + 1 };
      if (!same) citations.push(citation);
      return `[${citation.number}]`;
    });
    const start = known.unsupported ? text.indexOf(known.unsupported) : -1;
    const unsupported =
      start < 0 ? [] : [{ start, end: start + (known.unsupported ?? '').length, reason: 'no_citation' }];
    const answer = answered(id, text, citations, known.model);
    return {
      answer: { ...answer, unsupported },
      passages: citations.map((citation, n) => ({ ...citation, text: citation.quote, passageId: `p${n}` })),
    };
  }

  #quoteOrAbstain(id: string, question: string, word: string) {
    const passages = this.find(word.length > 3 ? word : 'leave').slice(0, 3);
    const first = passages[0];
    if (first && word.length > 5 && !/cup|weather|president/i.test(question))
      return { answer: answered(id, `${first.text} [1]`, [{ ...first, quote: first.text, number: 1 }]), passages };
    const nearest = passages.length ? passages : this.find('e').slice(0, 3);
    const answer: Answer = {
      ...answered(id, '', []),
      status: 'abstained',
      reason: nearest.length ? 'too_weak' : 'nothing_found',
      nearest,
      searched: { question, collections: 1 },
    };
    return { answer, passages: nearest };
  }
}

function answered(id: string, text: string, citations: Citation[], model = 'extractive'): Answer {
  const usage =
    model === 'extractive'
      ? { inputTokens: 0, outputTokens: 0 }
      : { inputTokens: 1834, outputTokens: 312, cost: 0.00133 };
  return {
    id,
    status: 'answered',
    text,
    citations,
    unsupported: [],
    model,
    cached: false,
    usage,
    timings: { total: 1240 },
  };
}

function passage(doc: Doc, text: string, start: number, rank: number): FoundPassage {
  const { headings, pages } = doc.sample;
  const above = headings.filter((heading) => heading.start < start).at(-1);
  const page = pages.filter((entry) => entry.start <= start).at(-1)?.page;
  return {
    passageId: `${doc.id}.1.${start}`,
    documentId: doc.id,
    title: doc.title,
    uri: doc.uri,
    headings: above ? [above.text] : [],
    text,
    start,
    end: start + text.length,
    score: Math.max(0.1, 0.93 - rank * 0.08),
    ...(page ? { page } : {}),
  };
}

/** Only the sentence with the words. */
function quoted(hit: FoundPassage, words: string): Omit<Citation, 'number'> {
  const at = hit.text.toLowerCase().indexOf(words.toLowerCase());
  const from = Math.max(0, hit.text.lastIndexOf('. ', at) + 2 === 1 ? 0 : hit.text.lastIndexOf('. ', at) + 2);
  const stop = hit.text.indexOf('. ', at);
  const quote = hit.text.slice(from, stop < 0 ? undefined : stop + 1);
  return { ...hit, quote, start: hit.start + from, end: hit.start + from + quote.length };
}
