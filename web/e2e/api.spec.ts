import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { room } from './browser';

const { open } = room();

describe.each(['light', 'dark'] as const)('apiDocumentation in %s', (colorScheme) => {
  it('fitsAPhone_andExecutes_withoutViolations', async () => {
    const page = await open('/', { viewport: { width: 390, height: 800 }, colorScheme });
    // Swagger UI renders the whole description.
    page.setDefaultTimeout(60_000);
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
      });
    });
    await page.goto(new URL('/docs', page.url()).href);
    for (const operation of ['listCollections', 'askQuestion']) {
      const block = page.locator(`.opblock[id$="-${operation}"]`);
      await block.locator('.opblock-summary-control').click();
      await block.locator('.try-out__btn').click();
      await block.locator('.btn.execute').waitFor();
      expect(await overflow(page), operation).toBe(0);
      if (operation === 'listCollections') {
        await block.locator('.btn.execute').click();
        await block.locator('.live-responses-table .response-col_status', { hasText: '200' }).waitFor();
        await block.locator('.live-responses-table code', { hasText: '"items"' }).waitFor();
        expect(await overflow(page), 'executed').toBe(0);
      }
    }
    // Luminance of the page and of a text on it.
    const [ground = 1, text = 0] = await page.evaluate(() =>
      [
        getComputedStyle(document.documentElement).backgroundColor,
        getComputedStyle(document.querySelector('.opblock-summary-description') as Element).color,
      ].map((colour) => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part) / 765, 0)),
    );
    if (colorScheme === 'dark') expect([ground < 0.3, text > 0.6]).toEqual([true, true]);
    else expect(text).toBeLessThan(0.4);
  });
});

/** Pixels by which the page is wider than the screen. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

describe('foreignOrigin', () => {
  let foreign: Server;
  beforeAll(async () => {
    foreign = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end('<!doctype html><title>Foreign</title><iframe name="sink"></iframe>');
    });
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => foreign?.close());

  // Cookies do not know ports: to them the first one is the same site, the second one another.
  it.each(['127.0.0.1', 'localhost'])('%s_withAnotherPort_changesNothing', async (host) => {
    const page = await open('/');
    const own = new URL(page.url()).origin;
    // Proof that the calls themselves are good: the page of the server may make them.
    expect(
      await page.evaluate(attack, { server: own, path: '/api/v1/collections', body: { name: `own ${host}` } }),
    ).toContain(201);
    const kept = await page.evaluate(async () => {
      const created = await fetch('/api/v1/conversations', {
        method: 'POST',
        body: '{}',
        headers: { 'Content-Type': 'application/json' },
      });
      return ((await created.json()) as { id: string }).id;
    });
    const before = await state(own);
    // The browser reports there what it refuses, which is what this test is about.
    page.removeAllListeners('console');
    await page.goto(`http://${host}:${(foreign.address() as AddressInfo).port}/`);
    const targets: [string, object][] = [
      ['/api/v1/collections', { name: 'foreign' }],
      ['/api/v1/collections/default', { name: 'foreign' }],
      ['/api/v1/collections/default/documents', { name: 'foreign' }],
      ['/api/v1/conversations', {}],
      [`/api/v1/conversations/${kept}`, { title: 'foreign' }],
    ];
    for (const [path, body] of targets) {
      const answers = await page.evaluate(attack, { server: own, path, body });
      expect(
        answers.filter((status) => status > 0 && status < 400),
        path,
      ).toEqual([]);
      for (const enctype of ['text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded']) {
        await submit(page, own + path, enctype);
      }
    }
    expect(await state(own)).toEqual(before);
    await page.goto(own);
    expect(await page.evaluate((id) => fetch(`/api/v1/conversations/${id}`).then((found) => found.status), kept)).toBe(
      200,
    );
  });
});

/** Tries every changing method, with and without the browser's permission to read the answer. Returns the statuses that a page can see; 0 is none. */
async function attack({ server, path, body }: { server: string; path: string; body: object }): Promise<number[]> {
  const statuses: number[] = [];
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    for (const type of ['application/json', 'text/plain']) {
      for (const mode of ['cors', 'no-cors'] as const) {
        // Only a page of the server would get so far as to delete.
        if (location.origin === server && method !== 'POST') continue;
        const options = { method, mode, credentials: 'include', headers: { 'Content-Type': type } } as const;
        const sent = await fetch(server + path, { ...options, body: JSON.stringify(body) }).catch(() => undefined);
        statuses.push(sent?.status ?? 0);
      }
    }
  }
  return statuses;
}

/** Sends a form into the page's frame and waits for whatever the server answers. */
async function submit(page: Page, action: string, enctype: string): Promise<void> {
  const answered = page.waitForResponse(
    (response) => response.url() === action && response.request().method() === 'POST',
  );
  await page.evaluate(
    ([to, kind]) => {
      const form = document.createElement('form');
      Object.assign(form, { method: 'POST', action: to, enctype: kind, target: 'sink' });
      const field = document.createElement('input');
      field.name = '{"name":"foreign","x":"';
      field.value = '"}';
      form.append(field);
      document.body.append(form);
      form.submit();
    },
    [action, enctype],
  );
  expect((await answered).status(), `${action} ${enctype}`).toBe(403);
}

/** What the library has, as a reader without a browser sees it. */
async function state(server: string): Promise<unknown> {
  const lists = ['/api/v1/collections', '/api/v1/collections/default/documents?limit=200', '/api/v1/jobs'];
  return Promise.all(lists.map(async (path) => (await fetch(server + path)).json()));
}
