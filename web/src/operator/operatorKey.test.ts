// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { getActiveEmbedder } from '../api/embedders';
import { ApiError } from '../api/problem';
import { adoptSession } from '../session/session';
import { hasKey, refused, signedIn, signIn, signOut, withOperatorKey } from './operatorKey';

const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ title: code, status, code }), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  });

const answers = (response: Response) => {
  const fetching = vi.fn(async (_path: string, _init: RequestInit) => response);
  vi.stubGlobal('fetch', fetching);
  return fetching;
};

const signedInWith = (key: string) => {
  answers(Response.json({ name: 'onnx:a', configured: 'onnx:a' }));
  return signIn(key);
};

afterEach(() => {
  signOut();
  vi.unstubAllGlobals();
});

describe('signIn', () => {
  it('keyThatTheServerTakes_isSentAsAHeaderAlone', async () => {
    const fetching = answers(Response.json({ name: 'onnx:a', configured: 'onnx:a' }));
    await signIn('  the-key\n');
    expect(signedIn.value).toBe(true);
    const [path, init] = fetching.mock.calls[0] ?? [];
    expect(path).toBe('/api/v1/embedder');
    expect(init?.headers).toMatchObject({ Authorization: 'Bearer the-key' });
  });

  it.each(['', 'two words', 'schlüssel'])('whatCannotBeAKey_isNotSent: %s', async (typed) => {
    const fetching = answers(Response.json({}));
    await expect(signIn(typed)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(fetching).not.toHaveBeenCalled();
    expect(signedIn.value).toBe(false);
  });
});

describe('asOperator', () => {
  it('keyThatIsRefused_isForgotten', async () => {
    await signedInWith('the-key');
    answers(problem(401, 'unauthenticated'));
    const refusal = new ApiError({ title: 'x', status: 401, code: 'unauthenticated' });
    await expect(withOperatorKey(() => Promise.reject(refusal))).rejects.toBe(refusal);
    expect(signedIn.value).toBe(false);
    expect(refused.value).toBe(refusal);
  });

  it('otherErrors_keepTheKey', async () => {
    await signedInWith('the-key');
    const conflict = new ApiError({ title: 'x', status: 409, code: 'conflict' });
    await expect(withOperatorKey(() => Promise.reject(conflict))).rejects.toBe(conflict);
    expect(signedIn.value).toBe(true);
  });
});

describe('administrator by the session', () => {
  const session = { mode: 'private', user: null, needsSetup: false, password: true } as const;
  afterEach(() => adoptSession({ ...session, isAdministrator: false }));

  it('needsNoKey_andSendsNone', async () => {
    adoptSession({ ...session, isAdministrator: true });
    expect([signedIn.value, hasKey.value]).toEqual([true, false]);
    const fetching = answers(Response.json({ name: 'onnx:a', configured: 'onnx:a' }));
    await withOperatorKey(getActiveEmbedder);
    expect(fetching.mock.calls[0]?.[1].headers).not.toHaveProperty('Authorization');
  });

  it('roleThatIsTakenAway_isNoticedAtTheFirstRefusal', async () => {
    adoptSession({ ...session, isAdministrator: true });
    answers(Response.json({ ...session, isAdministrator: false }));
    const refusal = new ApiError({ title: 'x', status: 403, code: 'forbidden' });
    await expect(withOperatorKey(() => Promise.reject(refusal))).rejects.toBe(refusal);
    await vi.waitFor(() => expect(signedIn.value).toBe(false));
    expect(refused.value).toBeUndefined();
  });
});
