// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { pathOf, type Route, routeOf } from './router';

it.each<[string, Route]>([
  ['/', { page: 'home' }],
  ['/documents', { page: 'documents' }],
  ['/documents/a%2Fb', { page: 'document', id: 'a/b' }],
  ['/sign-in', { page: 'sign-in' }],
  ['/account', { page: 'account' }],
  ['/administration/keys', { page: 'administration', section: 'keys' }],
  ['/c/a%2Fb', { page: 'conversation', id: 'a/b' }],
])('%s_isThereAndBack', (path, route) => {
  expect(routeOf(path)).toEqual(route);
  expect(pathOf(route)).toBe(path);
});

it('addressThatCannotBeRead_isTheListOrTheStart', () => {
  expect(routeOf('/documents/%E0%A4%A')).toEqual({ page: 'documents' });
  expect(routeOf('/c/%E0%A4%A')).toEqual({ page: 'home' });
});

it('formerAddressOfTheEmbedder_andTheAdministrationAlone_areThere', () => {
  expect(routeOf('/embedder')).toEqual({ page: 'administration', section: 'embedder' });
  expect(routeOf('/administration')).toEqual({ page: 'administration', section: 'people' });
  expect(routeOf('/administration/nothing')).toEqual({ page: 'administration', section: 'people' });
});
