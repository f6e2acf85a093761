// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Source } from '../api/sources';
import { signIn, signOut } from '../operator/operatorKey';
import { act, clearSources, isScanning, kindsOf, loadError, refresh, sources, watch } from './sources';

const source = (id: string, more: Partial<Source> = {}): Source => ({
  id,
  path: `/srv/${id}`,
  createdAt: '2026-11-26T10:00:00Z',
  state: 'ok',
  documents: 3,
  missing: { count: 0 },
  findings: {},
  ...more,
});

const answer = (respond: (path: string, init: RequestInit) => Response) => {
  const fetching = vi.fn(async (path: string, init: RequestInit) => respond(path, init));
  vi.stubGlobal('fetch', fetching);
  return fetching;
};

const signedInWith = async (key: string) => {
  answer(() => Response.json({ name: 'onnx:a', configured: 'onnx:a' }));
  await signIn(key);
};

afterEach(() => {
  signOut();
  clearSources();
  vi.unstubAllGlobals();
});

describe('refresh', () => {
  it('withoutAKey_asksNothing', async () => {
    const fetching = answer(() => Response.json({ items: [] }));
    await refresh('default');
    expect(fetching).not.toHaveBeenCalled();
  });

  it('laterAnswerWins_overASlowOne', async () => {
    await signedInWith('k');
    let release: (response: Response) => void = () => {};
    const slow = new Promise<Response>((resolve) => {
      release = resolve;
    });
    vi.stubGlobal(
      'fetch',
      vi.fn(() => slow),
    );
    const first = refresh('default');
    answer(() => Response.json({ items: [source('new')] }));
    await refresh('default');
    release(Response.json({ items: [source('old')] }));
    await first;
    expect(sources.value?.map(({ id }) => id)).toEqual(['new']);
  });

  it('failure_keepsWhatIsShown', async () => {
    await signedInWith('k');
    answer(() => Response.json({ items: [source('a')] }));
    await refresh('default');
    answer(() => Response.json({ title: 'x', status: 503, code: 'database_unavailable' }, { status: 503 }));
    await refresh('default');
    expect(sources.value).toHaveLength(1);
    expect(loadError.value?.code).toBe('database_unavailable');
  });
});

describe('act', () => {
  it('failure_isThrown_afterALookAtTheServer', async () => {
    await signedInWith('k');
    answer(() => Response.json({ items: [source('a')] }));
    await expect(act('default', () => Promise.reject(new Error('no')))).rejects.toThrow();
    expect(sources.value).toHaveLength(1);
  });
});

it('watch_scanThatWasAskedFor_isLookedAtSoon', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { visibilityState: 'visible' });
  try {
    await signedInWith('k');
    answer(() => Response.json({ items: [source('a')] }));
    const end = watch('default');
    await vi.advanceTimersByTimeAsync(1000);
    answer(() => Response.json({ items: [source('a', { job: { id: 'j', status: 'queued' } })] }));
    await act('default', async () => {});
    const later = answer(() => Response.json({ items: [source('a')] }));
    await vi.advanceTimersByTimeAsync(5000);
    expect(later).toHaveBeenCalledTimes(1);
    end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(later).toHaveBeenCalledTimes(1);
  } finally {
    vi.useRealTimers();
  }
});

it('scans_thatAreQueuedOrRunning_areAtWork', () => {
  expect(isScanning(source('a'))).toBe(false);
  expect(isScanning(source('a', { job: { id: 'j', status: 'done' } }))).toBe(false);
  expect(isScanning(source('a', { job: { id: 'j', status: 'queued' } }))).toBe(true);
});

it('kinds_comeMostFrequentFirst_withoutThoseThatAreNone', () => {
  expect(kindsOf({ link: 2, rule: 34, busy: 0, own_data: 2 })).toEqual([
    ['rule', 34],
    ['link', 2],
    ['own_data', 2],
  ]);
});
