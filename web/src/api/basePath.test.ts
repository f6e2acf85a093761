import { afterEach, expect, test, vi } from 'vitest';

const PAGE = { querySelector: () => ({ getAttribute: () => '/a/lectern/' }) };

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

test('a page without a path before it has none', async () => {
  const { basePath, withoutBasePath } = await import('./basePath');
  expect(basePath).toBe('');
  expect(withoutBasePath('/documents')).toBe('/documents');
});

test('a page below a path calls the API there', async () => {
  vi.stubGlobal('document', PAGE);
  const { basePath, withoutBasePath } = await import('./basePath');
  const { address } = await import('./http');
  expect(basePath).toBe('/a/lectern');
  expect(address('/documents', { limit: 5 })).toBe('/a/lectern/api/v1/documents?limit=5');
  expect(withoutBasePath('/a/lectern')).toBe('/');
  expect(withoutBasePath('/a/lectern/c/01')).toBe('/c/01');
  expect(withoutBasePath('/a/lecterns')).toBe('/a/lecterns');
});

test('a page below a path has its links and its history there', async () => {
  const visited: string[] = [];
  vi.stubGlobal('document', PAGE);
  vi.stubGlobal('location', { pathname: '/a/lectern/c/01' });
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('history', { pushState: (_state: unknown, _title: string, to: string) => visited.push(to) });
  const { follows, go, route } = await import('../ui/router');
  expect(route.value).toEqual({ page: 'conversation', id: '01' });
  expect(follows({ page: 'documents' }).href).toBe('/a/lectern/documents');
  go({ page: 'home' });
  expect(visited).toEqual(['/a/lectern/']);
  expect(route.value).toEqual({ page: 'home' });
});
