import { expect, it } from 'vitest';
import type { Grant } from '../api/access';
import { isSame, namedGrants, permissionOf, withAudience } from './grants';

const GRANTS: Grant[] = [
  { to: 'user', id: 'u1', name: 'Zoe', permission: 'read' },
  { to: 'everyone', permission: 'read' },
  { to: 'group', id: 'g1', name: 'Sales', permission: 'manage' },
  { to: 'user', id: 'u2', name: 'Ada', permission: 'write' },
];

it('audience_isChangedAndTakenAway_withoutTheOthers', () => {
  const changed = withAudience(GRANTS, 'everyone', 'write');
  expect(permissionOf(changed, 'everyone')).toBe('write');
  expect(changed).toHaveLength(4);
  const taken = withAudience(GRANTS, 'everyone', undefined);
  expect(permissionOf(taken, 'everyone')).toBeUndefined();
  expect(taken).toHaveLength(3);
  expect(permissionOf(GRANTS, 'signed_in')).toBeUndefined();
});

it('named_groupsFirst_byName', () => {
  expect(namedGrants(GRANTS).map(({ name }) => name)).toEqual(['Sales', 'Ada', 'Zoe']);
});

it('sameGrantee_byIdElseByName_neverAcrossKinds', () => {
  const sales: Grant = { to: 'group', name: 'sales', permission: 'read' };
  expect(isSame(sales, GRANTS[2] as Grant)).toBe(true);
  expect(isSame({ ...sales, id: 'g2' }, GRANTS[2] as Grant)).toBe(false);
  expect(isSame({ ...sales, to: 'user' }, GRANTS[2] as Grant)).toBe(false);
});
