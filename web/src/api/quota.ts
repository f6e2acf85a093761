import { signal } from '@preact/signals';

/**
 * What the server lets this page send. The server limits the requests of an address in a minute; it says what is left in `RateLimit`, and refuses more with
 * `Retry-After`. Every call waits here, so that a limit is a pause and never an error.
 */

/** Share of the quota that uploads leave to what the reader does. */
const RESERVED = 0.3;
/** Milliseconds by which pages differ in how long they wait, so that they do not all come back at once. */
const SPREAD = 1000;
const CODE = 'quota_exceeded';

/** Time (as of Date.now) until which calls wait since the server refused one; 0 while none waits. */
export const waitingUntil = signal(0);

let closedUntil = 0;
let left: { quota: number; remaining: number; resetAt: number } | undefined;

/** Whether the server refused a call because of its limit. Nothing of it was carried out. */
export function isOverQuota(status: number, code: string): boolean {
  return status === 429 && code === CODE;
}

/** Remembers what a response says about the quota. */
export function noteQuota(field: (name: string) => string | null): void {
  const usage = /"ip";r=(\d+);t=(\d+)/.exec(field('RateLimit') ?? '');
  const policy = /"ip";q=(\d+)/.exec(field('RateLimit-Policy') ?? '');
  if (!usage || !policy) return;
  left = { quota: Number(policy[1]), remaining: Number(usage[1]), resetAt: Date.now() + Number(usage[2]) * 1000 };
}

/** @param seconds that the server wants to be left alone */
export function noteRefusal(seconds = 1): void {
  closedUntil = Math.max(closedUntil, Date.now() + seconds * 1000 + Math.random() * SPREAD);
}

/** Waits until a call may be sent. Rejects with AbortError. */
export async function awaitQuota(signal?: AbortSignal): Promise<void> {
  while (Date.now() < closedUntil) {
    waitingUntil.value = closedUntil;
    await sleep(closedUntil - Date.now(), signal);
  }
  waitingUntil.value = 0;
}

/** As awaitQuota, and leaves a part of the quota to calls that the reader waits for. */
export async function awaitSpareQuota(signal?: AbortSignal): Promise<void> {
  await awaitQuota(signal);
  while (left && left.remaining < left.quota * RESERVED && Date.now() < left.resetAt) {
    await sleep(left.resetAt - Date.now(), signal);
  }
}

/** Forgets what is known, for tests. */
export function forgetQuota(): void {
  closedUntil = 0;
  left = undefined;
  waitingUntil.value = 0;
}

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(new DOMException('Aborted', 'AbortError'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}
