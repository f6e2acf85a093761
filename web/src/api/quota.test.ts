import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LimitedServer } from '../../dev/limitedServer';
import { callJson } from './http';
import { awaitSpareQuota, forgetQuota, waitingUntil } from './quota';

beforeEach(() => {
  vi.useFakeTimers();
  forgetQuota();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a call beyond the limit', () => {
  it('waits as long as the server wants, and succeeds', async () => {
    const server = new LimitedServer(5);
    vi.stubGlobal('fetch', server.fetch);
    const all = Promise.all(Array.from({ length: 12 }, () => callJson<{ ok: boolean }>('/x')));
    await vi.advanceTimersByTimeAsync(1000);
    expect(server.served).toHaveLength(5);
    expect(waitingUntil.value).toBeGreaterThan(Date.now());
    await vi.advanceTimersByTimeAsync(200_000);
    expect(await all).toEqual(Array.from({ length: 12 }, () => ({ ok: true })));
    expect(waitingUntil.value).toBe(0);
  });

  it('keeps its key, so that a repeated change is one', async () => {
    const server = new LimitedServer(1);
    const keys: unknown[] = [];
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      keys.push((init.headers as Record<string, string>)['Idempotency-Key']);
      return server.fetch(url, init);
    });
    await callJson('/x', { method: 'POST', json: {} });
    const second = callJson('/x', { method: 'POST', json: {} });
    await vi.advanceTimersByTimeAsync(70_000);
    await second;
    expect(keys).toHaveLength(3);
    expect(keys[1]).toBe(keys[2]);
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('is given up by an abort', async () => {
    vi.stubGlobal('fetch', new LimitedServer(0).fetch);
    const controller = new AbortController();
    const refused = expect(callJson('/x', { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
    await vi.advanceTimersByTimeAsync(2000);
    controller.abort();
    await refused;
  });

  it('of another kind is an error', async () => {
    vi.stubGlobal('fetch', async () =>
      Response.json({ title: 'x', status: 429, code: 'too_many_requests' }, { status: 429 }),
    );
    await expect(callJson('/x')).rejects.toMatchObject({ code: 'too_many_requests' });
  });
});

describe('uploads', () => {
  it('leave a part of the quota to the reader', async () => {
    const server = new LimitedServer(10);
    vi.stubGlobal('fetch', server.fetch);
    let sent = 0;
    const work = (async () => {
      for (; sent < 20; sent++) {
        await awaitSpareQuota();
        await callJson('/upload');
      }
    })();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(sent).toBe(8);
    await callJson('/question');
    expect(server.refused).toBe(0);
    await vi.advanceTimersByTimeAsync(180_000);
    await work;
    expect(server.refused).toBe(0);
  });
});
