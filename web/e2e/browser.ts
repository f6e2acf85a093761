import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { launch } from './chromium';
import { type NetworkProxy, startNetworkProxy } from './networkProxy';

export interface Room {
  readonly line: NetworkProxy;
  /** A page of a reader of its own. What it logs as an error fails the test, unless it is about the network. */
  open: (path?: string, options?: BrowserContextOptions) => Promise<Page>;
}

/** One browser for a file of tests, one reader for each page. */
export function room(): Room {
  let browser: Browser;
  let line: NetworkProxy;
  let contexts: BrowserContext[] = [];
  let errors: string[] = [];
  let calls: string[] = [];
  beforeAll(async () => {
    line = await startNetworkProxy(inject('server'));
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await line?.close();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await printPages(contexts, calls);
    calls = [];
    line.pace = 0;
    await line.mend();
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
    const found = errors;
    errors = [];
    expect(found).toEqual([]);
  });
  return {
    get line() {
      return line;
    },
    open: async (path = '/', options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en', ...options });
      contexts.push(context);
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        const text = message.text();
        if (message.type() === 'error' && !/Failed to load resource|net::ERR/.test(text)) errors.push(text);
      });
      page.on('request', (request) => calls.push(`asked     ${request.method()} ${request.url()}`));
      page.on('response', (response) => calls.push(`answered  ${response.status()} ${response.url()}`));
      page.on('requestfinished', (request) => calls.push(`whole     ${request.url()}`));
      page.on('requestfailed', (request) => calls.push(`failed    ${request.url()} ${request.failure()?.errorText}`));
      await page.goto(line.url + path);
      return page;
    },
  };
}

/** Prints the pages of a failed test, and the last calls of all of them. */
async function printPages(contexts: BrowserContext[], calls: string[]): Promise<void> {
  for (const page of contexts.flatMap((context) => context.pages())) {
    const shown = await page.locator('body').innerText({ timeout: 2000 });
    const focused = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
    console.error(`${page.url()} shows\n${shown}\nwith the focus on ${focused}`);
  }
  console.error(calls.slice(-40).join('\n'));
}

export const HANDBOOK = `# Employee handbook

## Annual leave

Employees receive 28 days of annual leave each year. Leave that was not taken expires on 31 March of the following year.

## Remote work

Up to three days a week can be worked from home. The cost of electricity and internet is compensated by 30 euros a month.
`;

export const PUMP = `# Heat pump manual

## Placement

The outdoor unit must keep a distance of at least 3 metres to windows and drains, because the refrigerant is flammable.

## Errors

Error E41 means that the flow is below 14 litres a minute: check filter, pump and valves.
`;

export function file(name: string, content: string) {
  return { name, mimeType: 'text/markdown', buffer: Buffer.from(content) };
}

/** Adds documents by the API, as another reader would have done, and waits until they can be asked. */
export async function addDocuments(server: string, files: { name: string; buffer: Buffer }[]): Promise<void> {
  const form = new FormData();
  for (const { name, buffer } of files) form.append('file', new Blob([new Uint8Array(buffer)]), name);
  const sent = await fetch(`${server}/api/v1/collections/default/documents`, { method: 'POST', body: form });
  expect(sent.status, await sent.clone().text()).toBeLessThan(300);
  for (let tries = 0; tries < 240; tries++) {
    const listed = await fetch(`${server}/api/v1/collections/default/documents?limit=200`);
    const { items } = (await listed.json()) as { items: { status: string }[] };
    if (items.length && items.every((item) => item.status === 'done' || item.status === 'failed')) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('The documents were not read in time.');
}

/** Loads a path as a reader on another machine sees it, who is no administrator without an account or the operator key. */
export async function gotoFromElsewhere(page: Page, path: string): Promise<void> {
  const visitor = { mode: 'open', isAdministrator: false, needsSetup: true, password: true, conversations: 0 };
  await page.route('**/api/v1/session', (route) => route.fulfill({ json: visitor }));
  await page.goto(new URL(path, page.url()).href);
}

export async function ask(page: Page, question: string): Promise<void> {
  const field = page.getByLabel('Your question');
  await field.fill(question);
  // Not where the focus is: a drawer that has just closed may give it back to its button now.
  await field.press('Enter');
}

/** The newest answer, when it is complete. */
export function lastTurn(page: Page) {
  return page.locator('.turn').last();
}

export async function answered(page: Page): Promise<void> {
  await lastTurn(page).locator('.actions').waitFor();
}
