import { address, callJson } from './http';
import type { UserRole } from './session';
import type { Page } from './types';

/** The account of who is signed in. */

/** `GET /account`. */
export interface Account {
  id: string;
  name: string;
  displayName: string;
  email?: string | null;
  role: UserRole;
  /** Without a password an identity provider signs the person in. */
  hasPassword: boolean;
  hasSecondFactor: boolean;
  /** How many recovery codes are left. */
  recoveryCodes?: number;
  createdAt: string;
}

/** `GET /account/sessions`. */
export interface AccountSession {
  id: string;
  createdAt: string;
  lastUsedAt: string;
  address?: string | null;
  userAgent?: string | null;
  isCurrent: boolean;
}

/** `POST /account/second-factor`: what an app for codes is set up with. */
export interface SecondFactorSetup {
  /** Base32. */
  secret: string;
  /** `otpauth:` address with the secret. */
  uri: string;
}

export const getAccount = (signal?: AbortSignal) => callJson<Account>('/account', signal ? { signal } : {});

export const changeAccount = (change: { displayName?: string; email?: string }) =>
  callJson<Account>('/account', { method: 'PATCH', json: change });

/** Ends the other sessions, too. */
export const changePassword = (current: string, password: string) =>
  callJson<void>('/account/password', { method: 'PUT', json: { current, password }, impatient: true });

export const startSecondFactor = (password: string) =>
  callJson<SecondFactorSetup>('/account/second-factor', { method: 'POST', json: { password }, impatient: true });

export const confirmSecondFactor = (code: string) =>
  callJson<{ recoveryCodes: string[] }>('/account/second-factor/confirmation', {
    method: 'POST',
    json: { code },
    impatient: true,
  });

/** @param code of the app, or a recovery code */
export const removeSecondFactor = (password: string, code: string) =>
  callJson<void>('/account/second-factor', { method: 'DELETE', json: { password, code }, impatient: true });

export const listSessions = (signal?: AbortSignal) =>
  callJson<Page<AccountSession>>('/account/sessions', signal ? { signal } : {});

export const endSession = (id: string) =>
  callJson<void>(`/account/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const deleteAccount = () => callJson<unknown>('/account', { method: 'DELETE' });

export const accountExportAddress = () => address('/account/export');
