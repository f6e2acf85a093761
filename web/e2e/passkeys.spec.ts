import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { expectAccessible, expectGoodEverywhere } from './accessibility';
import { room } from './browser';

const tests = room();
/** Of this run alone: a server that is tested again keeps its accounts. */
const RUN = Date.now().toString(36);
const NAME = `hedy-${RUN}`;
const SHOWN = `Hedy ${RUN}`;
const PASSWORD = 'seven unrelated orchard kettles';

/** Milliseconds: the test looks at pages in six ways. */
const SLOW = 240_000;

/** Browsers have passkeys for names only. */
const local = (path: string): string => new URL(path, tests.line.url.replace('127.0.0.1', 'localhost')).href;

/** Whoever sits at the machine of an open server is its administrator. */
async function post(path: string, body: unknown): Promise<Record<string, string>> {
  const answer = await fetch(`${inject('server')}/api/v1${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  expect(answer.status, text).toBeLessThan(300);
  return text ? JSON.parse(text) : {};
}

/** A person with a password. */
async function invite(): Promise<void> {
  const { id } = await post('/users', { name: NAME, displayName: SHOWN });
  const { link = '' } = await post(`/users/${id}/password-reset`, {});
  await post('/password-reset', { token: new URL(link).hash.slice(1), password: PASSWORD });
}

/** An authenticator in the computer, which takes whoever sits there for its owner. */
async function addAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.locator('.home').waitFor();
  await page.goto(local('/sign-in'));
}

it(
  'passkey_isAdded_signsInWithoutPassword_isRenamedAndDeleted',
  async () => {
    await invite();
    const page = await tests.open();
    await addAuthenticator(page);
    await page.goto(local('/account'));
    await page.getByLabel('Name', { exact: true }).fill(NAME);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText(`Signed in as ${NAME}`).waitFor();

    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Laptop');
    await dialog.getByLabel('Current password').fill('not the present one');
    await page.keyboard.press('Enter');
    await dialog.getByText('The current password is wrong').waitFor();
    await expectAccessible(page, 'new passkey');
    await dialog.getByLabel('Current password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText('Passkey added').waitFor();
    const row = page.locator('.row', { hasText: 'Laptop' });
    await row.getByText('Not used yet').waitFor();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await dialog.getByLabel('Name', { exact: true }).fill('Laptop again');
    await dialog.getByLabel('Current password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await dialog.getByText('has a passkey of your account already').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expectGoodEverywhere(page, 'account with a passkey');

    await signOut(page);
    await expectGoodEverywhere(page, 'sign-in with a passkey');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: SHOWN }).waitFor();
    await page.goto(local('/account'));
    await row.getByText('Last used').waitFor();

    await page.getByRole('button', { name: 'Actions for “Laptop”' }).click();
    await page.getByRole('button', { name: 'Rename' }).click();
    await dialog.getByLabel('Name', { exact: true }).fill('Old laptop');
    await page.keyboard.press('Enter');
    await page.getByText('Passkey renamed').waitFor();
    await page.getByRole('button', { name: 'Actions for “Old laptop”' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await dialog.getByLabel('Current password').fill(PASSWORD);
    await expectAccessible(page, 'deletion of a passkey');
    await page.keyboard.press('Enter');
    await page.getByText('No passkeys yet').waitFor();
    await signOut(page);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText('The passkey was not accepted').waitFor();
  },
  SLOW,
);

it('addressWithoutAName_offersNoPasskeys_andSaysWhy', async () => {
  const page = await tests.open('/sign-in');
  await page.getByLabel('Name', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).count()).toBe(0);
  const answer = await fetch(`${inject('server')}/api/v1/session/passkey/options`, { method: 'POST' });
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain('on this machine by localhost');
});
