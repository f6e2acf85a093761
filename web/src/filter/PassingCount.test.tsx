// @vitest-environment jsdom
import { render } from 'preact';
import { afterEach, expect, it, vi } from 'vitest';
import type { SearchFilter } from '../api/types';
import { PassingCount } from './PassingCount';

afterEach(() => {
  vi.unstubAllGlobals();
});

const byTag = (tag: string): SearchFilter => ({ all: [{ field: 'tags', equals: tag }] });

function serverWith(counts: Record<string, number>) {
  const fetching = vi.fn(async (address: string, _init?: RequestInit) => {
    const collection = address.split('/')[4] ?? '';
    const documents = counts[collection];
    return documents === undefined
      ? new Response('{}', { status: 503, headers: { 'Content-Type': 'application/problem+json' } })
      : Response.json({ documents });
  });
  vi.stubGlobal('fetch', fetching);
  return fetching;
}

it('choices_areCountedOnce_inAllCollections', async () => {
  const fetching = serverWith({ a: 1200, b: 3 });
  const root = document.createElement('div');
  const collections = async () => ['a', 'b'];
  render(<PassingCount collections={collections} filter={byTag('x')} />, root);
  render(<PassingCount collections={collections} filter={byTag('y')} />, root);
  await vi.waitFor(() => expect(root.textContent).toBe('1,203 documents pass'));
  expect(fetching).toHaveBeenCalledTimes(2);
  expect(fetching.mock.calls[0]?.[0]).toBe('/api/v1/collections/a/documents/count');
  expect(fetching.mock.calls[0]?.[1]?.body).toBe(JSON.stringify({ filter: byTag('y') }));
});

it('noDocumentPasses_isSaid', async () => {
  serverWith({ a: 0 });
  const root = document.createElement('div');
  render(<PassingCount collections={async () => ['a']} filter={byTag('x')} />, root);
  await vi.waitFor(() => expect(root.textContent).toBe('No document passes'));
});

it('failedCount_showsNothing', async () => {
  const fetching = serverWith({});
  const root = document.createElement('div');
  render(<PassingCount collections={async () => ['a']} filter={byTag('x')} />, root);
  await vi.waitFor(() => expect(fetching).toHaveBeenCalled());
  expect(root.textContent?.trim()).toBe('');
});
