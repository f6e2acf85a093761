import { address, csrfHeaders, newKey } from './http';
import { ApiError, errorOf, offline } from './problem';
import { awaitSpareQuota, isOverQuota, noteQuota, noteRefusal } from './quota';
import type { Uploaded } from './types';

/** Milliseconds that one file may take on its way up. */
const DEADLINE = 30 * 60_000;

/** What happens to a file whose name another document of the collection has. */
export type OnConflict = 'refuse' | 'replace' | 'keepBoth';

/**
 * Sends one file. By XMLHttpRequest, because `fetch` does not tell how far an upload is. Waits while the server's rate limit leaves nothing for uploads.
 *
 * @param onProgress share that was sent, 0 to 1
 */
export async function upload(
  collection: string,
  file: File,
  onConflict: OnConflict,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Uploaded> {
  for (;;) {
    await awaitSpareQuota(signal);
    try {
      return await send(collection, file, onConflict, onProgress, signal);
    } catch (thrown) {
      if (!(thrown instanceof ApiError) || !isOverQuota(thrown.problem.status, thrown.code)) throw thrown;
      noteRefusal(thrown.retryAfter);
    }
  }
}

function send(
  collection: string,
  file: File,
  onConflict: OnConflict,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address(`/collections/${encodeURIComponent(collection)}/documents?onConflict=${onConflict}`));
    request.timeout = DEADLINE;
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    request.setRequestHeader('Idempotency-Key', newKey());
    for (const [name, value] of Object.entries(csrfHeaders('POST'))) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(offline());
    request.ontimeout = () => reject(offline());
    request.onabort = () => reject(new DOMException('Aborted', 'AbortError'));
    request.onload = () => {
      noteQuota((name) => request.getResponseHeader(name));
      void readUploadResponse(request).then(resolve, reject);
    };
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
}

async function readUploadResponse(request: XMLHttpRequest): Promise<Uploaded> {
  if (request.status >= 200 && request.status < 300) {
    try {
      return JSON.parse(request.responseText) as Uploaded;
    } catch {
      throw new ApiError({ title: 'Unexpected', status: request.status, code: 'unexpected' });
    }
  }
  const headers: Record<string, string> = {};
  for (const name of ['Content-Type', 'Retry-After', 'X-Request-Id']) {
    const value = request.getResponseHeader(name);
    if (value !== null) headers[name] = value;
  }
  throw await errorOf(new Response(request.responseText, { status: request.status, headers }));
}
