// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { pathOf, type Route, routeOf } from './router';

it.each<[string, Route]>([
  ['/', { page: 'home' }],
  ['/documents', { page: 'documents' }],
  ['/embedder', { page: 'embedder' }],
  ['/c/a%2Fb', { page: 'conversation', id: 'a/b' }],
])('%s_isThereAndBack', (path, route) => {
  expect(routeOf(path)).toEqual(route);
  expect(pathOf(route)).toBe(path);
});
