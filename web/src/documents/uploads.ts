import { computed, signal } from '@preact/signals';
import { follow } from '../api/follow';
import { newKey } from '../api/http';
import { cancelJob, jobEvents, retryJob } from '../api/library';
import { asApiError } from '../api/problem';
import type { Job, Problem } from '../api/types';
import { upload } from '../api/upload';
import { loadCollections } from './collections';
import { refresh } from './list';

export interface Upload {
  key: string;
  file: File;
  collection: string;
  state: 'waiting' | 'uploading' | 'queued' | 'running' | 'done' | 'existing' | 'failed' | 'cancelled';
  /** Share of the work that is done, 0 to 1, where it is known. */
  share: number;
  job?: Job;
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

const ENDED = new Set<Upload['state']>(['done', 'existing', 'failed', 'cancelled']);
export const ended = (item: Upload) => ENDED.has(item.state);

export const totals = computed(() => {
  const all = uploads.value;
  const done = all.filter(ended).length;
  const share = all.reduce((sum, item) => sum + (ended(item) ? 1 : shareOf(item)), 0) / Math.max(1, all.length);
  return { n: all.length, done, failed: all.filter((item) => item.state === 'failed').length, share };
});

/** Sending counts as the first fifth of the work. */
function shareOf(item: Upload): number {
  return item.state === 'uploading' ? item.share / 5 : item.state === 'waiting' ? 0 : 0.2 + item.share * 0.8;
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

export function again(item: Upload): void {
  const { job } = item;
  if (!job) change(item.key, { state: 'waiting', share: 0, reason: '' });
  else {
    change(item.key, { state: 'queued', share: 0, reason: '' });
    retryJob(job.id).catch((thrown: unknown) => fail(item.key, thrown));
  }
  advance();
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

async function send(item: Upload, signal: AbortSignal): Promise<void> {
  change(item.key, { state: 'uploading', share: 0 });
  const onProgress = (share: number) => change(item.key, { share });
  const [first] = (await upload(item.collection, item.file, onProgress, signal)).items;
  const { document, job } = first ?? {};
  if (!job) {
    const state = document?.status === 'failed' ? 'failed' : 'existing';
    change(item.key, { state, share: 1, reason: document?.reason ?? '' });
  } else change(item.key, { state: job.status === 'done' ? 'done' : 'queued', share: 0, job });
  void refresh(true);
}

async function watch(item: Upload, signal: AbortSignal): Promise<void> {
  const { job } = item;
  if (!job) return;
  await follow({
    signal,
    open: (last, until) => jobEvents(job.id, last, until),
    onEvent: (event) => {
      const found = parseJob(event.data);
      if (found) change(item.key, jobChange(found));
      return event.event === 'finished';
    },
  });
}

function parseJob(data: string): Job | undefined {
  try {
    return (JSON.parse(data) as { job?: Job }).job;
  } catch {
    return undefined;
  }
}

export function jobChange(job: Job): Partial<Upload> {
  const { passages } = job;
  const share = passages?.total ? Math.min(1, passages.done / passages.total) : 0;
  return { job, state: job.status, share, reason: job.reason ?? '' };
}
