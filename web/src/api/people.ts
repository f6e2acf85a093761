import { type Call, callJson } from './http';
import { bearer } from './operator';
import type { UserRole } from './session';
import type { Page } from './types';

/** People and groups. Every call is for administrators; `key` is the operator key of one without a session. */

/** `GET /users`. */
export interface User {
  id: string;
  /** What the person signs in with. */
  name: string;
  displayName: string;
  email?: string | null;
  role: UserRole;
  /** Cannot sign in. */
  disabled: boolean;
  hasPassword?: boolean;
  hasSecondFactor?: boolean;
  /** Ids. */
  groups: string[];
  createdAt: string;
  /** Left out before the first time. */
  signedInAt?: string | null;
}

export interface NewUser {
  name: string;
  displayName?: string;
  email?: string;
  role: UserRole;
}

/** Works once, until `expiresAt`. */
export interface OneTimeLink {
  link: string;
  expiresAt: string;
}

/** `GET /groups`. */
export interface Group {
  id: string;
  name: string;
  members: number;
  createdAt: string;
}

export interface Member {
  id: string;
  name: string;
  displayName: string;
  disabled: boolean;
}

export type GroupDetails = Omit<Group, 'members'> & { members: Member[] };

function asked<T>(key: string, path: string, options: Call = {}): Promise<T> {
  return callJson<T>(path, { ...options, headers: bearer(key) });
}

const person = (id: string) => `/users/${encodeURIComponent(id)}`;
const group = (id: string) => `/groups/${encodeURIComponent(id)}`;
const member = (id: string, user: string) => `${group(id)}/members/${encodeURIComponent(user)}`;

export const listUsers = (key: string, query: string, cursor?: string, signal?: AbortSignal) =>
  asked<Page<User>>(key, '/users', { query: { query, cursor, limit: 50 }, ...(signal ? { signal } : {}) });

/** `invitation` is the link with which the person chooses a password. */
export const createUser = (key: string, user: NewUser) =>
  asked<User & { invitation?: OneTimeLink | null }>(key, '/users', { method: 'POST', json: user });

export const changeUser = (
  key: string,
  id: string,
  change: { displayName?: string; email?: string; role?: UserRole; disabled?: boolean },
) => asked<User>(key, person(id), { method: 'PATCH', json: change });

export const deleteUser = (key: string, id: string) => asked<void>(key, person(id), { method: 'DELETE' });

export const createPasswordLink = (key: string, id: string) =>
  asked<OneTimeLink>(key, `${person(id)}/password-reset`, { method: 'POST' });

export const listGroups = (key: string, signal?: AbortSignal) =>
  asked<Page<Group>>(key, '/groups', signal ? { signal } : {});

export const createGroup = (key: string, name: string) =>
  asked<Group>(key, '/groups', { method: 'POST', json: { name } });

export const getGroup = (key: string, id: string, signal?: AbortSignal) =>
  asked<GroupDetails>(key, group(id), signal ? { signal } : {});

export const renameGroup = (key: string, id: string, name: string) =>
  asked<Group>(key, group(id), { method: 'PATCH', json: { name } });

export const deleteGroup = (key: string, id: string) => asked<void>(key, group(id), { method: 'DELETE' });

export const addMember = (key: string, id: string, user: string) =>
  asked<void>(key, member(id, user), { method: 'PUT' });

export const removeMember = (key: string, id: string, user: string) =>
  asked<void>(key, member(id, user), { method: 'DELETE' });
