import { beforeAll, describe, expect, inject, it } from 'vitest';
import { expectAccessible } from './accessibility';
import { addDocuments, answered, ask, file, HANDBOOK, PUMP, room } from './browser';

const { open } = room();

beforeAll(() => addDocuments(inject('server'), [file('handbook.md', HANDBOOK), file('pump.md', PUMP)]));

describe.each([390, 768, 1280])('at %i px', (width) => {
  it.each(['light', 'dark'] as const)('everyPage_isAccessible in %s', async (colorScheme) => {
    const page = await open('/', { viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' });
    await page.locator('.home').waitFor();
    await page.waitForTimeout(300);
    await expectAccessible(page, 'home');
    if (width < 1200) {
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.locator('.drawer').waitFor();
      await expectAccessible(page, 'drawer');
      await page.keyboard.press('Escape');
      await page.locator('.drawer').waitFor({ state: 'detached' });
    }
    await ask(page, 'How many days of annual leave do employees receive?');
    await answered(page);
    await expectAccessible(page, 'answer');
    await page.locator('button.cite').first().click();
    await page.locator('mark').first().waitFor();
    await expectAccessible(page, 'source');
    await page.keyboard.press('Escape');
    await page.locator('mark').first().waitFor({ state: 'detached' });
    await ask(page, 'Who won the football world cup in 1954?');
    await page.locator('.abstained').waitFor();
    await answered(page);
    await expectAccessible(page, 'abstention');
    await page.locator('.top .menu button').click();
    await expectAccessible(page, 'menu');
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.locator('dialog').waitFor();
    await expectAccessible(page, 'dialog');
    await page.goto(new URL('/documents', page.url()).href);
    await page.locator('.document').first().waitFor();
    await page.locator('input[type=file]').setInputFiles([file('empty.txt', ''), file('more.md', '# More\n\nText.')]);
    await page.locator('.upload', { hasText: 'empty.txt' }).getByText('Failed').waitFor();
    await page.getByLabel('Select all documents shown').check();
    await expectAccessible(page, 'documents');
  });
});

it('zoomedToTwice_nothingIsCutOff', async () => {
  const page = await open('/', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
  await ask(page, 'How many days of annual leave do employees receive?');
  await answered(page);
  await expectAccessible(page, 'answer');
  expect(await page.locator('.composer').evaluate((box) => box.getBoundingClientRect().bottom <= innerHeight)).toBe(
    true,
  );
});

it('german_isSpokenToGermanReaders', async () => {
  const page = await open('/', { locale: 'de-AT' });
  await page.getByRole('heading', { name: 'Fragen Sie Ihre Dokumente' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
});
