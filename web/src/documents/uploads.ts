import { computed, signal } from '@preact/signals';
import { newKey } from '../api/http';
import { cancelJob, getDocument, jobEvents, reingest } from '../api/library';
import { asApiError } from '../api/problem';
import { followStream } from '../api/streamReader';
import type { Job, Problem, Uploaded } from '../api/types';
import { type OnConflict, upload } from '../api/upload';
import { loadCollections } from './collections';
import { refresh, refreshSoon } from './list';

export interface Upload {
  key: string;
  file: File;
  collection: string;
  state:
    | 'waiting'
    | 'uploading'
    | 'queued'
    | 'running'
    | 'done'
    | 'existing'
    | 'conflict'
    | 'skipped'
    | 'failed'
    | 'cancelled';
  /** What the reader chose for a document of the same name that is there. */
  onConflict?: OnConflict;
  /** Share of the work that is done, 0 to 1, where it is known. */
  share: number;
  job?: Job;
  /** Id of the document that it became. */
  document?: string;
  /** Why it failed. */
  reason?: string;
  problem?: Problem;
}

/** Files on their way, and jobs that are followed, at the same time: a browser has six connections to a server. */
const SENDING = 2;
const FOLLOWING = 2;

export const uploads = signal<readonly Upload[]>([]);
const aborts = new Map<string, AbortController>();
let startedAt = 0;

const ENDED = new Set<Upload['state']>(['done', 'existing', 'skipped', 'failed', 'cancelled']);
/** A file that waits for the reader's choice has not ended. */
export const ended = (item: Upload) => ENDED.has(item.state);

export const totals = computed(() => {
  const all = uploads.value;
  const done = all.filter(ended).length;
  const share = all.reduce((sum, item) => sum + (ended(item) ? 1 : shareOf(item)), 0) / Math.max(1, all.length);
  const count = (state: Upload['state']) => all.filter((item) => item.state === state).length;
  return { n: all.length, done, failed: count('failed'), skipped: count('skipped'), share };
});

/** Sending counts as the first fifth of the work. */
function shareOf(item: Upload): number {
  if (item.state === 'waiting' || item.state === 'conflict') return 0;
  return item.state === 'uploading' ? item.share / 5 : 0.2 + item.share * 0.8;
}

/** Seconds left at the pace so far; undefined while that says nothing. */
export function remaining(share: number, now: number): number | undefined {
  const elapsed = (now - startedAt) / 1000;
  return share < 0.02 || share >= 1 || elapsed < 2 ? undefined : (elapsed / share) * (1 - share);
}

function change(key: string, to: Partial<Upload>): void {
  uploads.value = uploads.value.map((item) => (item.key === key ? { ...item, ...to } : item));
}

export function add(files: Iterable<File>, collection: string): void {
  if (uploads.value.every(ended)) {
    uploads.value = [];
    startedAt = Date.now();
  }
  const added = Array.from(files, (file): Upload => ({ key: newKey(), file, collection, state: 'waiting', share: 0 }));
  uploads.value = [...uploads.value, ...added];
  advance();
}

export function dismiss(): void {
  uploads.value = uploads.value.filter((item) => !ended(item));
}

export function cancel(item: Upload): void {
  if (item.job && (item.state === 'queued' || item.state === 'running'))
    void cancelJob(item.job.id).catch(() => undefined);
  aborts.get(item.key)?.abort();
  change(item.key, { state: 'cancelled' });
  advance();
}

/** What the reader wants for a file whose name a document has. */
export function resolveConflict(item: Upload, choice: Exclude<OnConflict, 'refuse'> | 'skip'): void {
  if (choice === 'skip') change(item.key, { state: 'skipped' });
  else change(item.key, { state: 'waiting', share: 0, onConflict: choice });
  advance();
}

export function retryUpload(item: Upload): void {
  const { document } = item;
  change(item.key, { state: document ? 'running' : 'waiting', share: 0, reason: '' });
  if (document) void readAgain(item.key, document);
  else advance();
}

async function readAgain(key: string, document: string): Promise<void> {
  try {
    const [first] = (await reingest(document)).items;
    change(key, first?.job ? { job: first.job, state: 'queued' } : { state: 'done' });
    advance();
  } catch (thrown) {
    fail(key, thrown);
  }
}

const sending = new Set<string>();
const following = new Set<string>();

/** Starts what there is room for. */
function advance(): void {
  for (const item of uploads.value) {
    if (item.state === 'waiting' && sending.size < SENDING && !sending.has(item.key)) void run(sending, item, send);
    if (item.state === 'queued' && following.size < FOLLOWING && !following.has(item.key))
      void run(following, item, watch);
  }
}

async function run(
  busy: Set<string>,
  item: Upload,
  work: (item: Upload, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  aborts.set(item.key, controller);
  busy.add(item.key);
  try {
    await work(item, controller.signal);
  } catch (thrown) {
    if (!controller.signal.aborted) fail(item.key, thrown);
  } finally {
    busy.delete(item.key);
    if (aborts.get(item.key) === controller) aborts.delete(item.key);
    advance();
    if (uploads.value.every(ended)) void Promise.all([refresh(true), loadCollections(true)]);
  }
}

function fail(key: string, thrown: unknown): void {
  change(key, { state: 'failed', problem: asApiError(thrown).problem });
}

/** Undefined when the collection has a document of the same name with other content. */
async function sendFile(
  item: Upload,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Uploaded | undefined> {
  try {
    return await upload(item.collection, item.file, item.onConflict ?? 'refuse', onProgress, signal);
  } catch (thrown) {
    if (asApiError(thrown).code === 'document_exists') return undefined;
    throw thrown;
  }
}

async function send(item: Upload, signal: AbortSignal): Promise<void> {
  change(item.key, { state: 'uploading', share: 0 });
  const onProgress = (share: number) => change(item.key, { share });
  const sent = await sendFile(item, onProgress, signal);
  if (!sent) {
    change(item.key, { state: 'conflict', share: 0 });
    return;
  }
  const [first] = sent.items;
  const { document, job, existing } = first ?? {};
  const known = { share: 0, ...(document ? { document: document.id } : {}), ...(job ? { job } : {}) };
  const read = document?.status === 'done';
  // The same content failed before: nothing is read anew, and the document knows why.
  if (existing && document?.status === 'failed')
    change(item.key, { ...known, state: 'failed', reason: document.reason ?? '' });
  else if (!job || read) change(item.key, { ...known, state: existing ? 'existing' : 'done' });
  else change(item.key, { ...known, state: 'queued' });
  refreshSoon();
}

async function watch(item: Upload, signal: AbortSignal): Promise<void> {
  const { job, document } = item;
  if (!job) return;
  let last: Job = job;
  await followStream({
    signal,
    open: (from, until) => jobEvents(job.id, from, until),
    onEvent: (event) => {
      last = parseJob(event.data) ?? last;
      if (event.event === 'finished') return true;
      change(item.key, { job: last, state: last.status, share: shareOfJob(last) });
      return false;
    },
  });
  if (!signal.aborted) change(item.key, await outcome(last, document));
}

/** A job that is done may have failed with this document: then the document says why. */
async function outcome(job: Job, document: string | undefined): Promise<Partial<Upload>> {
  const base = { job, share: 1, state: job.status, reason: job.reason ?? '' };
  if (job.status !== 'failed' && !job.documents?.failed) return base;
  const found = document ? await getDocument(document).catch(() => undefined) : undefined;
  return { ...base, state: found?.status === 'done' ? 'done' : 'failed', reason: found?.reason ?? base.reason };
}

function parseJob(data: string): Job | undefined {
  try {
    return (JSON.parse(data) as { job?: Job }).job;
  } catch {
    return undefined;
  }
}

/** Share of a job's work that is done, by its passages where they are counted, else by its documents. */
export function shareOfJob({ passages, documents }: Job): number {
  const share = (count: { done: number; failed?: number; total?: number } | undefined) =>
    count?.total ? Math.min(1, (count.done + (count.failed ?? 0)) / count.total) : undefined;
  return share(passages) ?? share(documents) ?? 0;
}
