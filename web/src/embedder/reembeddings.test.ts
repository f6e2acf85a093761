// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Reembedding, ReembeddingStatus } from '../api/embedders';
import { refused, signedIn, signIn, signOut } from '../operator/operatorKey';
import { notice } from '../ui/notifications';
import { estimateError, estimateTyped, type, typed } from './estimate';
import { act, activeEmbedder, clearEmbedderState, reembedding, refresh, watch } from './reembeddings';

const PRESENT = { name: 'onnx:old', configured: 'onnx:old' };

const inStatus = (status: ReembeddingStatus): Reembedding => ({
  id: 'm1',
  status,
  embedder: 'onnx:new',
  former: 'onnx:old',
  switchWhenReady: false,
  texts: 100,
  embedded: 10,
  createdAt: '2026-01-01T00:00:00Z',
});

/** What the server has. */
let reembeddings: Reembedding[] = [];
let refuses = false;
let waiting: Promise<void> | undefined;
const asked = vi.fn(async (path: string) => {
  const items = reembeddings;
  await waiting;
  if (refuses)
    return Response.json(
      { title: 'x', status: 401, code: 'unauthenticated' },
      { status: 401, headers: { 'Content-Type': 'application/problem+json' } },
    );
  return Response.json(path.endsWith('/embedder') ? PRESENT : { items });
});

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', asked);
  reembeddings = [];
  refuses = false;
  waiting = undefined;
  await signIn('key');
  asked.mockClear();
});

afterEach(() => {
  signOut();
  clearEmbedderState();
  type({ name: '', price: '' });
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('look', () => {
  it('moveThatIsNotOver_isShown_andItsEndIsSaid', async () => {
    reembeddings = [inStatus('cancelling')];
    await refresh();
    expect(activeEmbedder.value).toEqual(PRESENT);
    expect(reembedding.value?.status).toBe('cancelling');
    reembeddings = [inStatus('cancelled')];
    await refresh();
    expect(reembedding.value).toBeUndefined();
    expect(notice.value).toBe('The index of onnx:new was deleted.');
  });

  it('answerFromBeforeAnAction_isNotShown', async () => {
    reembeddings = [inStatus('ready')];
    await refresh();
    let answer = () => {};
    waiting = new Promise((resolve) => {
      answer = resolve;
    });
    const early = refresh();
    await act(async () => inStatus('switching'));
    answer();
    await early;
    expect(reembedding.value?.status).toBe('switching');
  });

  it('keyThatIsRefused_isAskedForAgain_andWhatWasTypedStays', async () => {
    type({ name: 'onnx:typed', price: '1' });
    refuses = true;
    await estimateTyped();
    expect(signedIn.value).toBe(false);
    expect(refused.value?.code).toBe('unauthenticated');
    expect(typed.value).toEqual({ name: 'onnx:typed', price: '1' });
    expect(estimateError.value).toBeUndefined();
  });
});

describe('watch', () => {
  it('looksEveryFourSecondsAtWork_andNotWhileThePageIsHidden', async () => {
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
    const end = watch(true);
    await vi.advanceTimersByTimeAsync(8100);
    expect(asked).toHaveBeenCalledTimes(4);
    visibility.mockReturnValue('hidden');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveBeenCalledTimes(4);
    visibility.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toHaveBeenCalledTimes(6);
    end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveBeenCalledTimes(6);
  });
});
