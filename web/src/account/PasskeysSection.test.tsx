// @vitest-environment jsdom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Account } from '../api/account';
import { adoptSession } from '../session/session';
import { PasskeysSection } from './PasskeysSection';

const ADA: Account = {
  id: 'u1',
  name: 'ada',
  displayName: 'Ada',
  role: 'user',
  hasPassword: true,
  hasSecondFactor: true,
  createdAt: '2026-11-01T08:00:00Z',
};
const PHONE = { id: 'p1', name: 'Phone', createdAt: '2026-11-02T08:00:00Z', lastUsedAt: null };

let root: HTMLElement;
let sent: { method: string; path: string; body: Record<string, unknown> }[];
/** What the server answers, by method and path. */
let answers: Record<string, () => Response>;

const refusal = (field: string, detail: string) =>
  Response.json(
    { title: 'Invalid request', status: 400, code: 'invalid_request', detail, errors: [{ field, message: detail }] },
    { status: 400 },
  );

/** Waits until nothing is at work or loading. */
const settle = () =>
  vi.waitFor(async () => {
    await act(async () => {});
    expect(root.querySelectorAll('[aria-disabled=true], .skeleton')).toHaveLength(0);
  });

async function type(label: string, value: string): Promise<void> {
  const field = [...root.querySelectorAll('label')].find((one) => one.textContent === label);
  const input = field?.querySelector('input');
  if (!input) throw new Error(`There is no field ${label}.`);
  await act(() => {
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

async function press(name: string): Promise<void> {
  const button = [...root.querySelectorAll('button')].find(
    (one) => one.textContent?.trim() === name || one.getAttribute('aria-label') === name,
  );
  if (!button) throw new Error(`There is no button ${name}.`);
  await act(() => button.click());
  await settle();
}

async function submit(): Promise<void> {
  await act(() => {
    root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  });
  await settle();
}

async function show(): Promise<void> {
  await act(() => render(<PasskeysSection account={ADA} />, root));
  await settle();
}

function browserHas(create: () => Promise<unknown>): void {
  vi.stubGlobal('PublicKeyCredential', {
    parseRequestOptionsFromJSON: (json: unknown) => json,
    parseCreationOptionsFromJSON: (json: unknown) => json,
  });
  vi.stubGlobal('navigator', { ...navigator, credentials: { create } });
}

beforeEach(() => {
  root = document.createElement('div');
  document.body.append(root);
  HTMLElement.prototype.showPopover = () => undefined;
  HTMLDialogElement.prototype.showModal = () => undefined;
  HTMLDialogElement.prototype.close = () => undefined;
  sent = [];
  answers = { 'GET /account/passkeys': () => Response.json({ items: [PHONE] }) };
  vi.stubGlobal('fetch', async (address: string, init: RequestInit = {}) => {
    const path = address.replace('/api/v1', '');
    const method = init.method ?? 'GET';
    if (method !== 'GET') sent.push({ method, path, body: JSON.parse(`${init.body ?? '{}'}`) });
    return answers[`${method} ${path}`]?.() ?? Response.json({}, { status: 500 });
  });
  adoptSession({
    mode: 'private',
    user: null,
    isAdministrator: false,
    needsSetup: false,
    password: true,
    passkeys: true,
  });
});

afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

it('passkey_isAdded_withPasswordAndCode', async () => {
  browserHas(async () => ({ toJSON: () => ({ id: 'new' }) }));
  answers['POST /account/passkeys/options'] = () => Response.json({ challengeId: 'c', publicKey: { rp: {} } });
  answers['POST /account/passkeys'] = () => Response.json({ ...PHONE, id: 'p2' }, { status: 201 });
  await show();
  expect(root.textContent).toContain('Not used yet');
  await press('Add a passkey');
  await type('Name', ' Key ');
  await type('Current password', 'correct horse battery');
  await type('Code', ' 123456 ');
  await submit();
  expect(sent).toEqual([
    {
      method: 'POST',
      path: '/account/passkeys/options',
      body: { password: 'correct horse battery', code: '123456' },
    },
    { method: 'POST', path: '/account/passkeys', body: { challengeId: 'c', name: 'Key', credential: { id: 'new' } } },
  ]);
  expect(root.querySelector('form')).toBeNull();
});

it('wrongCode_andARefusalOfTheReader_areSaid_andWhatWasTypedStays', async () => {
  browserHas(() => Promise.reject(new DOMException('x', 'InvalidStateError')));
  await show();
  await press('Add a passkey');
  await type('Name', 'Key');
  answers['POST /account/passkeys/options'] = () => refusal('code', 'The code is wrong or was used before.');
  await submit();
  expect(root.querySelector('[role=alert]')?.textContent).toContain('This code is not valid');
  answers['POST /account/passkeys/options'] = () => refusal('password', 'This is not the present password.');
  await submit();
  expect(root.querySelector('[role=alert]')?.textContent).toContain('The current password is wrong');
  answers['POST /account/passkeys/options'] = () => Response.json({ challengeId: 'c', publicKey: {} });
  await submit();
  expect(root.querySelector('[role=alert]')?.textContent).toContain('has a passkey of your account already');
  browserHas(() => Promise.reject(new DOMException('x', 'NotAllowedError')));
  await submit();
  expect(root.querySelector('[role=alert]')?.textContent).toContain('No passkey was made');
  expect(root.querySelector<HTMLInputElement>('input[maxlength]')?.value).toBe('Key');
});

it('passkey_isRenamed_andDeletedWithThePassword', async () => {
  browserHas(async () => null);
  answers['PATCH /account/passkeys/p1'] = () => Response.json(PHONE);
  answers['DELETE /account/passkeys/p1'] = () => new Response(null, { status: 204 });
  await show();
  await press('Actions for “Phone”');
  await press('Rename');
  await type('Name', 'Old phone');
  await submit();
  await press('Actions for “Phone”');
  await press('Delete');
  await type('Current password', 'correct horse battery');
  await submit();
  expect(sent).toEqual([
    { method: 'PATCH', path: '/account/passkeys/p1', body: { name: 'Old phone' } },
    { method: 'DELETE', path: '/account/passkeys/p1', body: { password: 'correct horse battery' } },
  ]);
});

it('withoutPasskeysOfTheBrowserOrTheAddress_noneIsAdded_butTheListStays', async () => {
  await show();
  expect(root.textContent).toContain('opened by its name under HTTPS');
  expect(root.textContent).not.toContain('Add a passkey');
  expect(root.textContent).toContain('Phone');
});
