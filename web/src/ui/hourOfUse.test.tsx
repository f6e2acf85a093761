// @vitest-environment jsdom
import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LimitedServer } from '../../dev/limitedServer';
import { forgetQuota } from '../api/quota';
import { open, send } from '../chat/answerStream';
import { running, turns } from '../chat/conversation';
import { Home } from '../chat/Home';
import { loadCollections } from '../documents/collections';
import { DocumentsPage } from '../documents/DocumentsPage';
import { add, cancel, dismiss, ended, uploads } from '../documents/uploads';
import { NO_FILTER } from '../filter/filter';
import { App } from './App';

/** Requests of a reader's address in a minute, by default. */
const QUOTA = 100;

const job = (id: string, status: string) => ({ id, status, documents: { done: 1, total: 9 }, passages: { done: 5 } });
const event = (id: number, name: string, data: unknown) =>
  `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const EVENTS = { headers: { 'Content-Type': 'text/event-stream' } };

/** A library that is being read all the time. */
function library(url: string, init?: RequestInit): Response {
  const { pathname } = new URL(url, 'http://localhost');
  if (pathname.endsWith('/documents'))
    return Response.json({ items: [{ id: 'd1', title: 'Report', uri: 'upload:r', status: 'running', tags: [] }] });
  if (pathname.endsWith('/collections'))
    return Response.json({ items: [{ id: 'default', name: 'Default', documents: 3, reading: { running: 2 } }] });
  if (pathname.endsWith('/events')) return new Response(event(1, 'finished', { job: job('j', 'done') }), EVENTS);
  if (pathname.endsWith('/jobs')) return Response.json({ items: [job('j1', 'running')] });
  if (pathname.endsWith('/messages') && init?.method === 'POST') {
    const finished = { answer: { text: 'Yes.', status: 'answered', citations: [], passages: [] } };
    return new Response(event(1, 'started', { messageId: 'm' }) + event(2, 'finished', finished), EVENTS);
  }
  if (/\/conversations(\/[^/]+)?$/.test(pathname) && init?.method !== 'GET')
    return Response.json({ id: 'c1', title: 'x', collections: [], createdAt: '', updatedAt: '' });
  if (/\/conversations\/[^/]+$/.test(pathname)) return Response.json({ id: 'c1', title: 'x', collections: [] });
  return Response.json({ items: [] });
}

/** Uploads as the browser sends them, to the same server. */
function uploadsTo(server: LimitedServer) {
  return class {
    readonly upload = {};
    onload: () => void = () => undefined;
    status = 0;
    responseText = '';
    private response = new Response();

    private address = '';

    open(_method: string, address: string): void {
      this.address = address;
    }

    setRequestHeader(): void {}
    abort(): void {}
    getResponseHeader(name: string): string | null {
      return this.response.headers.get(name);
    }

    async send(form: FormData): Promise<void> {
      this.response = await server.fetch(this.address, { method: 'POST' });
      this.status = this.response.status;
      const files = form.getAll('file') as File[];
      const items = files.map(({ name }) => ({ document: { id: name, status: 'queued' }, job: job(name, 'queued') }));
      this.responseText = this.response.ok ? JSON.stringify({ items }) : await this.response.text();
      this.onload();
    }
  };
}

let server: LimitedServer;
let root: HTMLElement;

beforeEach(async () => {
  vi.useFakeTimers();
  forgetQuota();
  server = new LimitedServer(QUOTA, library);
  vi.stubGlobal('fetch', server.fetch);
  vi.stubGlobal('XMLHttpRequest', uploadsTo(server));
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {}, removeEventListener() {} }));
  vi.stubGlobal('CSS', { supports: () => true });
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
  root = document.createElement('div');
  document.body.append(root);
  await loadCollections(true);
});

afterEach(() => {
  render(null, root);
  root.remove();
  for (const item of uploads.value) cancel(item);
  dismiss();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const minutes = (n: number) => vi.advanceTimersByTimeAsync(n * 60_000);

it('anHourOfUse_neverComesNearTheLimit', async () => {
  render(<App />, root);
  await minutes(1);
  render(<DocumentsPage />, root);
  await minutes(24);
  expect(server.served.length).toBeGreaterThan(100);
  render(<Home />, root);
  await minutes(10);
  render(null, root);
  for (let question = 1; question <= 50; question++) {
    const before = server.served.length;
    if (question % 5 === 1) await open(undefined);
    await send(`Question ${question}?`, NO_FILTER);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(running.value).toBeUndefined();
    expect(turns.value.at(-1)?.phase).toBe('done');
    // A conversation, the question, the title, the history.
    expect(server.served.length - before).toBeLessThanOrEqual(5);
  }
  expect(server.refused).toBe(0);
  // So that two windows and a colleague behind the same address have room.
  expect(server.busiestMinute).toBeLessThanOrEqual(QUOTA / 2);
}, 60_000);

it('uploadOfAThousandFiles_takesItsTimeAndHasNoError', async () => {
  add(
    Array.from({ length: 1000 }, (_, n) => new File([`${n}`], `${n}.txt`)),
    'default',
  );
  for (let minute = 0; minute < 120 && !uploads.value.every(ended); minute++) await minutes(1);
  expect(uploads.value).toHaveLength(1000);
  expect(new Set(uploads.value.map(({ state }) => state))).toEqual(new Set(['done']));
}, 120_000);
