import type { Grant } from '../api/access';
import type { Permission } from '../api/types';

/** The two grantees without a name, which are always listed. */
export type Audience = 'everyone' | 'signed_in';

/** What is granted to an audience; undefined for nothing. */
export function permissionOf(grants: readonly Grant[], audience: Audience): Permission | undefined {
  return grants.find(({ to }) => to === audience)?.permission;
}

/** @param permission undefined takes it away */
export function withAudience(
  grants: readonly Grant[],
  audience: Audience,
  permission: Permission | undefined,
): readonly Grant[] {
  const others = grants.filter(({ to }) => to !== audience);
  return permission ? [...others, { to: audience, permission }] : others;
}

export function isSame(one: Grant, other: Grant): boolean {
  if (one.to !== other.to) return false;
  if (one.id && other.id) return one.id === other.id;
  return (one.name ?? '').toLowerCase() === (other.name ?? '').toLowerCase();
}

/** Groups before people, each in the order of their names. */
export function namedGrants(grants: readonly Grant[]): Grant[] {
  return grants
    .filter(({ to }) => to === 'user' || to === 'group')
    .sort((a, b) => a.to.localeCompare(b.to) || (a.name ?? '').localeCompare(b.name ?? ''));
}
