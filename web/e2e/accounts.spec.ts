import { createHmac } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { expectAccessible, expectGoodEverywhere } from './accessibility';
import { room } from './browser';

const { open } = room();
/** Of this run alone: a server that is tested again keeps its accounts. */
const RUN = Date.now().toString(36);
const NAME = `grace-${RUN}`;
const SHOWN = `Grace ${RUN}`;
const PASSWORD = 'seven unrelated orchard kettles';

/** Milliseconds: each test looks at several pages in six ways. */
const SLOW = 240_000;

/** Whoever sits at the machine of an open server is its administrator. */
const openAdministration = async (section: string): Promise<Page> => open(`/administration/${section}`);

/** The code that an authenticator app shows for a secret in base 32 (RFC 6238). */
function codeOf(secret: string, now = Date.now()): string {
  const bits = [...secret.replace(/[\s=]/g, '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return `${(hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000}`.padStart(6, '0');
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(NAME);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
}

it(
  'personIsInvited_choosesAPassword_signsInWithASecondFactor_andOut',
  async () => {
    const administration = await openAdministration('people');
    await administration.getByRole('button', { name: 'Invite a person' }).click();
    await administration.getByLabel('Name', { exact: true }).fill(NAME);
    await administration.getByLabel('Shown name (optional)').fill(SHOWN);
    await administration.keyboard.press('Enter');
    const link = new URL(await administration.locator('.once-text').innerText());
    await expectAccessible(administration, 'invitation');
    await administration.getByRole('button', { name: 'Done' }).click();
    await administration.getByText(SHOWN).waitFor();
    await expectGoodEverywhere(administration, 'people');

    const page = await open(link.pathname + link.hash);
    await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('New password, once more').fill(PASSWORD);
    await expectAccessible(page, 'new password');
    await page.keyboard.press('Enter');
    await page.getByText('Password saved').waitFor();
    await page.getByLabel('Name', { exact: true }).waitFor();
    await expectGoodEverywhere(page, 'sign-in');
    await page.goto(new URL('/account', page.url()).href);
    await page.waitForURL(/\/sign-in$/);
    await signIn(page);
    await page.waitForURL(/\/account$/);
    await page.getByText(`Signed in as ${NAME}`).waitFor();

    await page.getByRole('button', { name: 'Set up a second factor' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Current password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    const secret = await dialog.locator('.factor-key code').innerText();
    await expectAccessible(page, 'second factor');
    await dialog.getByLabel('Code that the app shows').fill(codeOf(secret));
    await page.keyboard.press('Enter');
    const [recovery = ''] = (await dialog.locator('.once-text').innerText()).split('\n');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Turn off the second factor' }).waitFor();
    await expectGoodEverywhere(page, 'account');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.locator('.home').waitFor();
    await page.goto(new URL('/sign-in', page.url()).href);
    await signIn(page);
    await page.getByLabel('Code', { exact: true }).fill(recovery);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: SHOWN }).waitFor();
    // Who is no administrator does not see it.
    expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
    await page.goto(new URL('/administration/people', page.url()).href);
    await page.getByText('This page is for administrators').waitFor();
    expect(await page.getByText('Invite a person').count()).toBe(0);

    // What an administrator takes away, ends at once.
    await administration.getByRole('button', { name: `Actions for “${SHOWN}”` }).click();
    await administration.getByRole('button', { name: 'Disable' }).click();
    await administration.getByRole('button', { name: 'Disable the account' }).click();
    await administration.getByText('Disabled', { exact: true }).waitFor();
    await expect
      .poll(async () => page.evaluate(async () => (await (await fetch('/api/v1/session')).json()).user ?? null))
      .toBeNull();
  },
  SLOW,
);

it(
  'group_key_setting_andTheLogOfAllThat',
  async () => {
    const page = await openAdministration('groups');
    await page.getByRole('button', { name: 'Create a group' }).click();
    await page.getByLabel('Name', { exact: true }).fill(`Readers ${RUN}`);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByLabel('Add a person').fill(`nobody-${RUN}`);
    await page.keyboard.press('Enter');
    await page.getByText('Nobody has the name').waitFor();
    await expectAccessible(page, 'members');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText(`Readers ${RUN}`).waitFor();
    await expectGoodEverywhere(page, 'groups');

    await page.getByRole('link', { name: 'API keys' }).click();
    await page.getByRole('button', { name: 'Create a key' }).click();
    await page.getByLabel('Name', { exact: true }).fill(`Portal ${RUN}`);
    await expectAccessible(page, 'new key');
    await page.getByLabel('Name', { exact: true }).press('Enter');
    const secret = await page.locator('.once-text').innerText();
    expect(secret).toMatch(/^lect_/);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText(`Portal ${RUN}`).waitFor();
    expect(await page.content()).not.toContain(secret);
    await expectGoodEverywhere(page, 'keys');
    await page.getByRole('button', { name: `Actions for “Portal ${RUN}”` }).click();
    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('button', { name: 'Revoke the key' }).click();
    await page.getByText('Key revoked').waitFor();
    await page.locator('.row', { hasText: `Portal ${RUN}` }).waitFor({ state: 'detached' });

    await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'Settings' }).click();
    await page.locator('.option').first().waitFor();
    await expectAccessible(page, 'settings');
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.locator('.audit-entry', { hasText: 'API key revoked' }).first().waitFor();
    await page.getByRole('button', { name: 'Verify the log' }).click();
    await page.getByText('The log is intact').waitFor();
    await expectGoodEverywhere(page, 'audit log');
  },
  SLOW,
);

it(
  'collection_createdSharedRenamedDeleted',
  async () => {
    const page = await open('/documents');
    const act = async (action: string) => {
      await page.getByRole('button', { name: 'Collection', exact: true }).click();
      await page.getByRole('button', { name: action }).click();
    };
    await act('New collection');
    await page.getByLabel('Name', { exact: true }).fill(`Contracts ${RUN}`);
    await page.keyboard.press('Enter');
    await page.getByText('Collection created').waitFor();
    await act('Access');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Everyone', exact: true }).selectOption('');
    await dialog.getByRole('combobox', { name: 'Everyone who has signed in' }).selectOption('read');
    await expectGoodEverywhere(page, 'access');
    await dialog.getByRole('button', { name: 'Save the access' }).click();
    await page.getByText('Access saved').waitFor();
    await act('Access');
    expect(await dialog.getByRole('combobox', { name: 'Everyone', exact: true }).inputValue()).toBe('');
    expect(await dialog.getByRole('combobox', { name: 'Everyone who has signed in' }).inputValue()).toBe('read');
    await page.keyboard.press('Escape');
    await act('Rename');
    await page.getByLabel('Name', { exact: true }).fill(`Leases ${RUN}`);
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Collection' }).getByText(`Leases ${RUN}`).waitFor({ state: 'attached' });
    await act('Delete the collection');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete the collection' }).click();
    await page.getByText('Collection deleted').waitFor();
  },
  SLOW,
);
