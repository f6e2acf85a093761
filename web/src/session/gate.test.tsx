// @vitest-environment jsdom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '../api/session';
import { go, route } from '../ui/router';
import { GatePage } from './GatePage';
import { adoptSession } from './session';

const reloads = vi.hoisted(() => ({ at: [] as string[] }));
vi.mock(import('../ui/router'), async (original) => ({
  ...(await original()),
  reloadAt: (to: string) => void reloads.at.push(to),
}));

const NOBODY: Session = { mode: 'private', user: null, isAdministrator: false, needsSetup: false, password: true };
let root: HTMLElement;
let sent: { path: string; body: Record<string, unknown> }[];

/** Answers the calls one after the other. */
function answers(...responses: Response[]): void {
  sent = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    sent.push({ path, body: JSON.parse(`${init.body ?? '{}'}`) });
    return responses[sent.length - 1] ?? Response.json({});
  });
}

const refusal = (status: number, code: string, detail = code) =>
  Response.json({ title: code, status, code, detail }, { status });

async function type(label: string, value: string): Promise<void> {
  const field = [...root.querySelectorAll('label')].find((one) => one.textContent === label);
  const input = field?.querySelector('input');
  if (!input) throw new Error(`There is no field ${label}.`);
  await act(() => {
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

async function submit(): Promise<void> {
  await act(() => {
    root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  });
  await vi.waitFor(async () => {
    await act(async () => {});
    expect(root.querySelectorAll('[type=submit][aria-disabled=true]')).toHaveLength(0);
  });
}

const show = (page: 'sign-in' | 'setup' | 'reset') => act(() => render(<GatePage page={page} />, root));

beforeEach(() => {
  root = document.createElement('div');
  document.body.append(root);
  reloads.at.length = 0;
  adoptSession(NOBODY);
});

afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
  sessionStorage.clear();
  history.replaceState(null, '', '/');
});

describe('sign-in', () => {
  it('password_thenCode_leadsBackToWhereTheReaderWas', async () => {
    sessionStorage.setItem('lectern.returnTo', '"/documents"');
    answers(refusal(401, 'second_factor_required'), refusal(401, 'unauthenticated'), Response.json(NOBODY));
    await show('sign-in');
    await type('Name', ' ada ');
    await type('Password', 'correct horse battery');
    await submit();
    expect(root.textContent).toContain('authenticator app');
    await type('Code', '000000');
    await submit();
    expect(root.querySelector('[role=alert]')?.textContent).toContain('This code is not valid');
    await type('Code', '123456');
    await submit();
    expect(sent.at(-1)?.body).toEqual({
      name: 'ada',
      password: 'correct horse battery',
      code: '123456',
      adoptConversations: false,
    });
    expect(reloads.at).toEqual(['/documents']);
  });

  it('wrongPassword_isSaidWithoutSayingWhich_andTheNameStays', async () => {
    answers(refusal(401, 'unauthenticated', 'Sign in with a name and password.'));
    await show('sign-in');
    await type('Name', 'ada');
    await type('Password', 'x');
    await submit();
    expect(root.querySelector('[role=alert]')?.textContent).toContain('Name or password is wrong');
    expect(root.querySelector<HTMLInputElement>('input[autocomplete=username]')?.value).toBe('ada');
    expect(reloads.at).toEqual([]);
  });

  it('wrongPassword_showsNoRequestId_otherErrorsDo', async () => {
    const withId = (status: number, code: string) =>
      Response.json({ title: code, status, code, detail: code, requestId: 'r-17' }, { status });
    answers(withId(401, 'unauthenticated'), withId(500, 'internal'));
    await show('sign-in');
    await submit();
    expect(root.querySelector('[role=alert]')?.textContent).not.toContain('r-17');
    await submit();
    expect(root.querySelector('[role=alert]')?.textContent).toContain('r-17');
  });

  it.each([
    ['provider_unavailable', 'cannot be reached'],
    ['not_allowed', 'may not sign in here'],
    ['provider_refused', 'Begin it again'],
    ['server_failed', 'Tell whoever runs it'],
  ])('failureOfTheProvider_%s_isSaid', async (error, text) => {
    history.replaceState(null, '', `/sign-in?error=${error}`);
    await show('sign-in');
    expect(root.querySelector('[role=alert]')?.textContent).toContain(text);
  });

  it('unknownFailure_showsNothing', async () => {
    history.replaceState(null, '', '/sign-in?error=constructor');
    await show('sign-in');
    expect(root.querySelector('[role=alert]')).toBeNull();
  });

  it('addressOfAnotherSite_isNotFollowed', async () => {
    sessionStorage.setItem('lectern.returnTo', '"//evil.example/"');
    answers(Response.json(NOBODY));
    await show('sign-in');
    await submit();
    expect(reloads.at).toEqual(['/']);
  });

  it('visitorsConversations_moveWhenThePersonAgrees', async () => {
    adoptSession({ ...NOBODY, conversations: 3 });
    answers(Response.json(NOBODY), Response.json(NOBODY));
    await show('sign-in');
    expect(root.textContent).toContain('Move the 3 conversations');
    await submit();
    await act(() => root.querySelector<HTMLInputElement>('input[type=checkbox]')?.click());
    await submit();
    expect(sent.map(({ body }) => body.adoptConversations)).toEqual([false, true]);
  });

  it('provider_isOffered_andOnlyItWithoutPasswords', async () => {
    adoptSession({ ...NOBODY, password: false, provider: { name: 'Acme', href: '/oauth2/authorization/acme' } });
    await show('sign-in');
    expect(root.querySelector('form')).toBeNull();
    const link = root.querySelector<HTMLAnchorElement>('a.button');
    expect(link?.textContent).toBe('Sign in with Acme');
    expect(link?.getAttribute('href')).toBe('/oauth2/authorization/acme');
  });
});

describe('sign-in with a passkey', () => {
  const REQUEST = { challenge: 'AAAA', rpId: 'docs.example.org' };
  const passkeyButton = () => [...root.querySelectorAll('button')].find((one) => one.textContent?.includes('passkey'));
  const press = async () => {
    await act(() => passkeyButton()?.click());
    await vi.waitFor(async () => {
      await act(async () => {});
      expect(root.querySelectorAll('[aria-disabled=true]')).toHaveLength(0);
    });
  };
  let asked: unknown[];

  /** A browser with passkeys, whose reader does this when asked for one. */
  function browserHas(get: () => Promise<unknown>): void {
    asked = [];
    vi.stubGlobal('PublicKeyCredential', { parseRequestOptionsFromJSON: (json: unknown) => json });
    vi.stubGlobal('navigator', {
      ...navigator,
      credentials: {
        get: (options: unknown) => {
          asked.push(options);
          return get();
        },
      },
    });
  }

  it('isOffered_onlyWhereServerAndBrowserHaveThem', async () => {
    await show('sign-in');
    expect(passkeyButton()).toBeUndefined();
    browserHas(async () => null);
    adoptSession({ ...NOBODY, passkeys: false });
    await act(() => {});
    expect(passkeyButton()).toBeUndefined();
    await act(() => adoptSession({ ...NOBODY, passkeys: true }));
    expect(passkeyButton()?.textContent).toBe('Sign in with a passkey');
  });

  it('sendsWhatTheAuthenticatorSays_andLeadsBack', async () => {
    browserHas(async () => ({ toJSON: () => ({ id: 'the-credential' }) }));
    adoptSession({ ...NOBODY, passkeys: true, conversations: 2 });
    answers(Response.json({ challengeId: 'one', publicKey: REQUEST }), Response.json(NOBODY));
    await show('sign-in');
    await act(() => root.querySelector<HTMLInputElement>('input[type=checkbox]')?.click());
    await press();
    expect(asked).toEqual([{ publicKey: REQUEST }]);
    expect(sent.map(({ path }) => path)).toEqual(['/api/v1/session/passkey/options', '/api/v1/session/passkey']);
    expect(sent[1]?.body).toEqual({
      challengeId: 'one',
      credential: { id: 'the-credential' },
      adoptConversations: true,
    });
    expect(reloads.at).toEqual(['/']);
  });

  it('replacesTheCodeOfTheSecondFactor', async () => {
    browserHas(async () => ({ toJSON: () => ({}) }));
    adoptSession({ ...NOBODY, passkeys: true });
    answers(refusal(401, 'second_factor_required'));
    await show('sign-in');
    await submit();
    expect(root.textContent).toContain('authenticator app');
    expect(passkeyButton()).toBeDefined();
  });

  it('saysWhatWentWrong_andCanBeTriedAgain', async () => {
    browserHas(() => Promise.reject(new DOMException('x', 'NotAllowedError')));
    adoptSession({ ...NOBODY, passkeys: true });
    answers(Response.json({ challengeId: 'one', publicKey: REQUEST }));
    await show('sign-in');
    await press();
    expect(root.querySelector('[role=alert]')?.textContent).toContain('No passkey was used');
    browserHas(async () => ({ toJSON: () => ({}) }));
    answers(
      Response.json({ challengeId: 'two', publicKey: REQUEST }),
      refusal(401, 'unauthenticated'),
      // After a refusal the page reads who is signed in.
      Response.json({ ...NOBODY, passkeys: true }),
    );
    await press();
    expect(root.querySelector('[role=alert]')?.textContent).toContain('The passkey was not accepted');
    expect(reloads.at).toEqual([]);
  });
});

describe('one-time links', () => {
  it('setup_sendsTheTokenOfTheAddress_whenThePasswordIsGood', async () => {
    history.replaceState(null, '', '/setup#the-token');
    answers(Response.json(NOBODY));
    await show('setup');
    await type('Name', 'root');
    await type('New password', 'short');
    await type('New password, once more', 'short');
    await submit();
    expect(root.querySelector('[role=alert]')?.textContent).toContain('fewer than 12');
    await type('New password', 'correct horse battery');
    await submit();
    expect(root.querySelector('[role=alert]')?.textContent).toContain('differ');
    expect(sent).toEqual([]);
    await type('New password, once more', 'correct horse battery');
    await submit();
    expect(sent).toEqual([
      { path: '/api/v1/setup', body: { token: 'the-token', name: 'root', password: 'correct horse battery' } },
    ]);
    expect(reloads.at).toEqual(['/']);
  });

  it('reset_leadsToTheSignIn_andLeavesNoTokenInTheAddress', async () => {
    go({ page: 'reset' });
    history.replaceState(null, '', '/reset#the-token');
    answers(new Response(null, { status: 204 }));
    await show('reset');
    await type('New password', 'correct horse battery');
    await type('New password, once more', 'correct horse battery');
    await submit();
    expect(sent[0]?.body).toEqual({ token: 'the-token', password: 'correct horse battery' });
    expect(route.value).toEqual({ page: 'sign-in' });
    expect(location.hash).toBe('');
  });

  it('linkThatIsUsed_orCutOff_saysWhatToDo', async () => {
    await show('reset');
    expect(root.textContent).toContain('The link is incomplete');
    expect(root.querySelector('form')).toBeNull();
  });
});
