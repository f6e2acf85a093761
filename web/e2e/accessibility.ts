import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** No violation of WCAG 2.2 A and AA nor of axe's good practices, and nothing that is wider than the page. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finish())));
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
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

/** Accessible at each width, in light and dark. */
export async function expectGoodEverywhere(page: Page, what: string): Promise<void> {
  for (const width of [390, 768, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.waitForFunction(
        ([width, colorScheme]) => innerWidth === width && matchMedia(`(prefers-color-scheme: ${colorScheme})`).matches,
        [width, colorScheme] as const,
      );
      await expectAccessible(page, `${what} at ${width} px in ${colorScheme}`);
    }
  }
}
