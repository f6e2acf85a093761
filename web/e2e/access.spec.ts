import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { addDocuments, answered, ask, file, HANDBOOK, PUMP, room } from './browser';

const { open } = room();

beforeAll(() => addDocuments(inject('server'), [file('handbook.md', HANDBOOK), file('pump.md', PUMP)]));

/** No violation of WCAG 2.2 A and AA nor of axe's good practices, and nothing that is wider than the page. */
async function expectGood(page: Page, what: string): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finish())));
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: typeof import('axe-core') }).axe;
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await run.run(document, { runOnly: tags });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  });
  expect(violations, what).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, `${what} is wider than the page`).toBeLessThanOrEqual(0);
}

describe.each([390, 768, 1280])('at %i px', (width) => {
  it.each(['light', 'dark'] as const)('everyPage_isAccessible in %s', async (colorScheme) => {
    const page = await open('/', { viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' });
    await page.locator('.home').waitFor();
    await page.waitForTimeout(300);
    await expectGood(page, 'home');
    if (width < 1200) {
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.locator('.drawer').waitFor();
      await expectGood(page, 'drawer');
      await page.keyboard.press('Escape');
    }
    await ask(page, 'How many days of annual leave do employees receive?');
    await answered(page);
    await expectGood(page, 'answer');
    await page.locator('button.cite').first().click();
    await page.locator('mark').waitFor();
    await expectGood(page, 'source');
    await page.keyboard.press('Escape');
    await page.locator('mark').waitFor({ state: 'detached' });
    await ask(page, 'Who won the football world cup in 1954?');
    await page.locator('.abstained').waitFor();
    await answered(page);
    await expectGood(page, 'abstention');
    await page.locator('.top .menu button').click();
    await expectGood(page, 'menu');
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.locator('dialog').waitFor();
    await expectGood(page, 'dialog');
    await page.goto(new URL('/documents', page.url()).href);
    await page.locator('.document').first().waitFor();
    await page.locator('input[type=file]').setInputFiles([file('empty.txt', ''), file('more.md', '# More\n\nText.')]);
    await page.locator('.upload', { hasText: 'empty.txt' }).getByText('Failed').waitFor();
    await page.getByLabel('Select all that are shown').check();
    await expectGood(page, 'documents');
  });
});

it('zoomedToTwice_nothingIsCutOff', async () => {
  const page = await open('/', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
  await ask(page, 'How many days of annual leave do employees receive?');
  await answered(page);
  await expectGood(page, 'answer');
  expect(await page.locator('.composer').evaluate((box) => box.getBoundingClientRect().bottom <= innerHeight)).toBe(
    true,
  );
});

it('german_isSpokenToGermanReaders', async () => {
  const page = await open('/', { locale: 'de-AT' });
  await page.getByRole('heading', { name: 'Fragen Sie Ihre Dokumente' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
});
