import { afterEach, describe, expect, it, vi } from 'vitest';
import { address, call, callJson } from './http';
import { ApiError } from './problem';

const answer = (body: string, init: ResponseInit) => vi.stubGlobal('fetch', async () => new Response(body, init));
const failure = () =>
  callJson('/x').then(
    () => undefined,
    (thrown: unknown) => thrown as ApiError,
  );

afterEach(() => vi.unstubAllGlobals());

describe('call', () => {
  it('problem_becomesAnErrorWithItsCodeAndRequestId', async () => {
    answer('{"title":"Too many requests","status":429,"detail":"Wait.","code":"too_many_requests","requestId":"r7"}', {
      status: 429,
      headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '9' },
    });
    const error = await failure();
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: 'too_many_requests', message: 'Wait.', retryAfter: 9 });
    expect(error?.problem.requestId).toBe('r7');
  });

  it('pageOfAProxy_becomesAnErrorWithTheStatus', async () => {
    answer('<html>Bad gateway</html>', { status: 502, headers: { 'Content-Type': 'text/html', 'X-Request-Id': 'r8' } });
    expect((await failure())?.problem).toEqual({ title: 'HTTP 502', status: 502, code: 'http_502', requestId: 'r8' });
  });

  it('brokenJsonOfAnError_becomesAnErrorWithTheStatus', async () => {
    answer('{"title":', { status: 500, headers: { 'Content-Type': 'application/json' } });
    expect((await failure())?.code).toBe('http_500');
  });

  it('noConnection_isOffline', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch');
    });
    expect((await failure())?.offline).toBe(true);
  });

  it('abortByTheCaller_staysAnAbort', async () => {
    const controller = new AbortController();
    vi.stubGlobal('fetch', async () => {
      controller.abort();
      throw new DOMException('Aborted', 'AbortError');
    });
    await expect(call('/x', { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('post_hasAnIdempotencyKey', async () => {
    const fetched = vi.fn(async (_url: string, _init: RequestInit) => new Response('', { status: 200 }));
    vi.stubGlobal('fetch', fetched);
    await callJson('/x', { method: 'POST', json: {} });
    const headers = fetched.mock.calls[0]?.[1].headers as Record<string, string>;
    expect(headers['Idempotency-Key']).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('address', () => {
  it('leavesOutWhatIsEmpty', () => {
    expect(address('/a', { cursor: undefined, query: '', limit: 5 })).toBe('/api/v1/a?limit=5');
  });
});
