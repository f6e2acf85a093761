// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { callJson } from '../api/http';
import { createSession, type Session } from '../api/session';
import { draftOf, storeDraft } from '../chat/drafts';
import { chooseFilter, filterOf } from '../chat/filters';
import { currentPath, go, route } from '../ui/router';
import { adoptSession, isAdministrator, loadSession, session, signOut, user } from './session';

const reloadAt = vi.hoisted(() => ({ calls: [] as string[] }));
vi.mock(import('../ui/router'), async (original) => ({
  ...(await original()),
  reloadAt: (to: string) => void reloadAt.calls.push(to),
}));

const signedIn = (csrfToken = 'token-1', id = 'u1'): Session => ({
  mode: 'private',
  user: { id, name: 'ada', displayName: 'Ada', role: 'user' },
  isAdministrator: false,
  csrfToken,
  needsSetup: false,
  password: true,
});
const signedOut: Session = { mode: 'private', user: null, isAdministrator: false, needsSetup: false, password: true };

const refusal = (status: number, code: string, detail = code) =>
  Response.json(
    { title: code, status, code, detail },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );

interface Sent {
  method: string;
  path: string;
  token: string | undefined;
}

/** Answers each path as told, and records what was sent. */
function server(answers: Record<string, () => Response>): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    const path = address.replace('/api/v1', '');
    const headers = init.headers as Record<string, string>;
    sent.push({ method: init.method ?? '', path, token: headers['X-CSRF-Token'] });
    return answers[path]?.() ?? Response.json({});
  });
  return sent;
}

beforeEach(() => {
  reloadAt.calls.length = 0;
  go({ page: 'documents' });
});

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
  localStorage.clear();
  adoptSession(signedOut);
});

describe('token', () => {
  it('isSentWithChangesAlone', async () => {
    const sent = server({ '/session': () => Response.json(signedIn()) });
    await loadSession();
    await callJson('/conversations');
    await callJson('/conversations/c', { method: 'DELETE' });
    expect(sent.map(({ token }) => token)).toEqual([undefined, undefined, 'token-1']);
  });

  it('tokenOfAnotherWindowsSession_isTakenAndTheCallSentOnceMore', async () => {
    adoptSession(signedIn('token-1'));
    let tries = 0;
    const sent = server({
      '/session': () => Response.json(signedIn('token-2')),
      '/groups': () =>
        ++tries === 1
          ? refusal(403, 'forbidden', 'A change needs the header X-CSRF-Token.')
          : Response.json({ id: 'g' }),
    });
    await callJson('/groups', { method: 'POST', json: {} });
    expect(sent.filter(({ path }) => path === '/groups').map(({ token }) => token)).toEqual(['token-1', 'token-2']);
  });

  it('sessionOfAnotherPerson_isNotUsedForTheCall', async () => {
    adoptSession(signedIn('token-1', 'u1'));
    const sent = server({
      '/session': () => Response.json(signedIn('token-2', 'u2')),
      '/groups': () => refusal(403, 'forbidden', 'A change needs the header X-CSRF-Token.'),
    });
    await expect(callJson('/groups', { method: 'POST', json: {} })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(sent.filter(({ path }) => path === '/groups')).toHaveLength(1);
  });
});

describe('refusal', () => {
  it('sessionThatIsOver_leadsToTheSignInOfAPrivateServer', async () => {
    adoptSession(signedIn());
    server({ '/session': () => Response.json(signedOut), '/documents/d': () => refusal(401, 'unauthenticated') });
    await expect(callJson('/documents/d')).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(route.value).toEqual({ page: 'sign-in' });
    expect(sessionStorage.getItem('lectern.returnTo')).toBe('"/documents"');
    expect(user.value).toBeUndefined();
  });

  it('pageOfAOneTimeLink_staysWhereItIs', async () => {
    go({ page: 'setup' });
    server({ '/session': () => Response.json(signedOut), '/collections': () => refusal(401, 'unauthenticated') });
    await expect(callJson('/collections')).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(route.value).toEqual({ page: 'setup' });
  });

  it('openServer_staysWhereItIs', async () => {
    server({
      '/session': () => Response.json({ ...signedOut, mode: 'open' }),
      '/documents/d': () => refusal(401, 'unauthenticated'),
    });
    await expect(callJson('/documents/d')).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(currentPath()).toBe('/documents');
  });

  it('callWithAKeyOfItsOwn_andWrongPassword_haveNothingToDoWithTheSession', async () => {
    const sent = server({
      '/embedder': () => refusal(401, 'unauthenticated'),
      '/session': () => refusal(401, 'unauthenticated'),
    });
    await expect(callJson('/embedder', { headers: { Authorization: 'Bearer x' } })).rejects.toThrow();
    await expect(createSession({ name: 'ada', password: 'x' })).rejects.toThrow();
    expect(sent.map(({ method }) => method)).toEqual(['GET', 'POST']);
    expect(currentPath()).toBe('/documents');
  });
});

it('tooManyTries_areSaidAtOnce_insteadOfWaitedFor', async () => {
  server({ '/session': () => refusal(429, 'quota_exceeded') });
  await expect(createSession({ name: 'ada', password: 'x' })).rejects.toMatchObject({ code: 'quota_exceeded' });
});

it('serverThatIsNotReached_changesNothing', async () => {
  adoptSession({ ...signedIn(), isAdministrator: true });
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
  await loadSession();
  expect(session.value?.user?.id).toBe('u1');
  expect(isAdministrator.value).toBe(true);
});

it('signOut_leavesNothingOfTheReaderInTheBrowser', async () => {
  adoptSession(signedIn());
  localStorage.setItem('lectern.drafts', '{"new":"How much does Ada earn?"}');
  localStorage.setItem('lectern.theme', 'dark');
  sessionStorage.setItem('lectern.sentQuestion', '{"place":"new","text":"And Bob?"}');
  const sent = server({ '/session': () => new Response(null, { status: 204 }) });
  await signOut();
  expect(sent).toEqual([{ method: 'DELETE', path: '/session', token: 'token-1' }]);
  expect({ ...localStorage }).toEqual({ 'lectern.theme': 'dark' });
  expect(sessionStorage.getItem('lectern.sentQuestion')).toBeNull();
  expect(reloadAt.calls).toEqual(['/']);
});

it('signOut_withoutTheServer_forgetsWhatWasTypedAllTheSame', async () => {
  adoptSession(signedIn());
  storeDraft(undefined, 'How much does Ada earn?');
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
  await expect(signOut()).rejects.toThrow();
  expect(localStorage.getItem('lectern.drafts')).toBeNull();
  expect(draftOf(undefined)).toBe('');
});

it('sessionThatEndsByItself_leavesNothingThatWasTyped', async () => {
  storeDraft(undefined, 'Typed before the sign-in');
  adoptSession(signedIn());
  expect(draftOf(undefined)).toBe('Typed before the sign-in');
  chooseFilter(undefined, { all: [{ field: 'tags', equals: 'salaries' }] });
  server({ '/session': () => Response.json(signedOut), '/documents/d': () => refusal(401, 'unauthenticated') });
  await expect(callJson('/documents/d')).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(draftOf(undefined)).toBe('');
  expect(filterOf(undefined).all).toEqual([]);
  expect({ ...localStorage }).toEqual({});
});

it('sessionThatEndedWhileThePageWasClosed_isNoticedAtTheNextVisit', () => {
  const left = () => {
    localStorage.setItem('lectern.reader', '"u1"');
    localStorage.setItem('lectern.drafts', '{"new":"How much does Ada earn?"}');
  };
  left();
  adoptSession(signedIn());
  expect(localStorage.getItem('lectern.drafts')).not.toBeNull();
  adoptSession(signedIn('token', 'u2'));
  expect(localStorage.getItem('lectern.drafts')).toBeNull();
  left();
  adoptSession({ ...signedOut, mode: 'open' });
  expect({ ...localStorage }).toEqual({});
});
