// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { pathOf, type Route, routeOf } from './router';

it.each<[string, Route]>([
  ['/', { page: 'home' }],
  ['/documents', { page: 'documents' }],
  ['/documents/a%2Fb', { page: 'document', id: 'a/b' }],
  ['/embedder', { page: 'embedder' }],
  ['/c/a%2Fb', { page: 'conversation', id: 'a/b' }],
])('%s_isThereAndBack', (path, route) => {
  expect(routeOf(path)).toEqual(route);
  expect(pathOf(route)).toBe(path);
});

it('addressThatCannotBeRead_isTheListOrTheStart', () => {
  expect(routeOf('/documents/%E0%A4%A')).toEqual({ page: 'documents' });
  expect(routeOf('/c/%E0%A4%A')).toEqual({ page: 'home' });
});
