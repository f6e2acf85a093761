// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { add, cancel, dismiss, ended, resolveConflict, totals, uploads } from './uploads';

/** The collection of a server: contents by name. */
let documents = new Map<string, string>();
let sent: string[] = [];

/** A server that refuses a name that it has, as far as uploads use it. */
class UploadServer {
  readonly upload: { onprogress?: () => void } = {};
  onload: () => void = () => undefined;
  status = 0;
  responseText = '';
  private onConflict = '';

  open(_method: string, address: string): void {
    this.onConflict = new URL(address, 'http://localhost').searchParams.get('onConflict') ?? '';
  }

  setRequestHeader(): void {}

  abort(): void {}

  getResponseHeader(name: string): string | null {
    return name === 'Content-Type' && this.status >= 400 ? 'application/problem+json' : null;
  }

  send(form: FormData): void {
    void this.answer(form.get('file') as File);
  }

  private async answer(file: File): Promise<void> {
    sent.push(`${file.name} ${this.onConflict}`);
    const content = await file.text();
    const taken = documents.has(file.name) && documents.get(file.name) !== content;
    if (taken && this.onConflict === 'refuse') {
      this.status = 409;
      this.responseText = JSON.stringify({ title: 'x', status: 409, code: 'document_exists', items: [] });
    } else {
      const name = taken && this.onConflict === 'keepBoth' ? `2-${file.name}` : file.name;
      documents.set(name, content);
      this.status = 202;
      this.responseText = JSON.stringify({ items: [{ document: { id: name, status: 'done' }, existing: false }] });
    }
    this.onload();
  }
}

beforeEach(() => {
  documents = new Map([['report.txt', 'old']]);
  sent = [];
  vi.stubGlobal('XMLHttpRequest', UploadServer);
  vi.stubGlobal('fetch', async () => Response.json({ items: [] }));
});

afterEach(async () => {
  for (const item of uploads.value) cancel(item);
  dismiss();
  vi.unstubAllGlobals();
});

const file = (name: string, content: string) => new File([content], name);
const state = (name: string) => uploads.value.find((item) => item.file.name === name)?.state;

async function conflict() {
  add([file('report.txt', 'new'), file('other.txt', 'other')], 'default');
  await vi.waitFor(() => expect(state('report.txt')).toBe('conflict'));
  await vi.waitFor(() => expect(state('other.txt')).toBe('done'));
  const item = uploads.value.find((one) => one.file.name === 'report.txt');
  if (!item) throw new Error('The upload is gone');
  return item;
}

it('asks for a name that the collection has, and leaves its document alone meanwhile', async () => {
  const item = await conflict();
  expect(documents.get('report.txt')).toBe('old');
  expect(ended(item)).toBe(false);
  expect(totals.value.done).toBe(1);
});

it('replaces when the reader wants that', async () => {
  resolveConflict(await conflict(), 'replace');
  await vi.waitFor(() => expect(state('report.txt')).toBe('done'));
  expect(documents.get('report.txt')).toBe('new');
  expect(sent).toContain('report.txt replace');
});

it('keeps both when the reader wants that', async () => {
  resolveConflict(await conflict(), 'keepBoth');
  await vi.waitFor(() => expect(state('report.txt')).toBe('done'));
  expect(documents.get('report.txt')).toBe('old');
  expect(documents.get('2-report.txt')).toBe('new');
});

it('skips without sending the file again', async () => {
  resolveConflict(await conflict(), 'skip');
  expect(state('report.txt')).toBe('skipped');
  expect(totals.value).toMatchObject({ n: 2, done: 2, failed: 0, skipped: 1 });
  expect(sent).toEqual(['report.txt refuse', 'other.txt refuse']);
});
