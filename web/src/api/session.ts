import { callJson } from './http';

/** Who is signed in, and what the page may offer. */

export interface SignedInUser {
  id: string;
  name: string;
  displayName: string;
  role: UserRole;
}

export type UserRole = 'user' | 'administrator';

/** `GET /session`: never refused. */
export interface Session {
  /** `open`: who reaches the server may ask; `private`: only who has signed in. */
  mode: 'open' | 'private';
  user?: SignedInUser | null;
  /** Also true of a reader without an account on the machine of an open server. */
  isAdministrator: boolean;
  /** Sent with every call that changes something; null without a session. */
  csrfToken?: string | null;
  /** There is no administrator yet. */
  needsSetup: boolean;
  /** Whether people sign in with a password. */
  password: boolean;
  /** Whether people can sign in with a passkey under this address. */
  passkeys?: boolean;
  provider?: { name: string; href: string } | null;
  /** How many conversations a reader without an account has here. */
  conversations?: number;
}

export interface Credentials {
  name: string;
  password: string;
  /** Of the second factor, or a recovery code. */
  code?: string;
  /** Whether the conversations from before the sign-in move to the account. */
  adoptConversations?: boolean;
}

export interface FirstAdministrator {
  token: string;
  name: string;
  displayName?: string;
  password: string;
  adoptConversations?: boolean;
}

export const getSession = () => callJson<Session>('/session');

export const createSession = (credentials: Credentials) =>
  callJson<Session>('/session', { method: 'POST', json: credentials, impatient: true });

export const deleteSession = () => callJson<void>('/session', { method: 'DELETE' });

export const setUp = (administrator: FirstAdministrator) =>
  callJson<Session>('/setup', { method: 'POST', json: administrator, impatient: true });

export const resetPassword = (token: string, password: string) =>
  callJson<void>('/password-reset', { method: 'POST', json: { token, password }, impatient: true });
