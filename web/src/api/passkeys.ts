import { callJson } from './http';
import type { Session } from './session';
import type { Page } from './types';

/** Passkeys: signing in with one, and those of who is signed in. */

/** `GET /account/passkeys`. */
export interface Passkey {
  id: string;
  name: string;
  createdAt: string;
  /** Absent before the first sign-in with it. */
  lastUsedAt?: string | null;
}

/** What the browser asks an authenticator for; `publicKey` is WebAuthn's. */
export interface PasskeyOptions<T> {
  /** Sent back with what the authenticator says. */
  challengeId: string;
  publicKey: T;
}

export type CreationOptions = PasskeyOptions<PublicKeyCredentialCreationOptionsJSON>;
export type RequestOptions = PasskeyOptions<PublicKeyCredentialRequestOptionsJSON>;

export const listPasskeys = (signal?: AbortSignal) =>
  callJson<Page<Passkey>>('/account/passkeys', signal ? { signal } : {});

/** @param code of the second factor, of accounts that have one */
export const createPasskeyOptions = (password: string, code?: string) =>
  callJson<CreationOptions>('/account/passkeys/options', {
    method: 'POST',
    json: code ? { password, code } : { password },
    impatient: true,
  });

/** @param credential what `toJSON()` of the browser gives */
export const addPasskey = (challengeId: string, name: string, credential: unknown) =>
  callJson<Passkey>('/account/passkeys', { method: 'POST', json: { challengeId, name, credential }, impatient: true });

export const renamePasskey = (id: string, name: string) =>
  callJson<Passkey>(`/account/passkeys/${encodeURIComponent(id)}`, { method: 'PATCH', json: { name } });

export const deletePasskey = (id: string, password: string) =>
  callJson<void>(`/account/passkeys/${encodeURIComponent(id)}`, {
    method: 'DELETE',
    json: { password },
    impatient: true,
  });

export const createSignInOptions = () =>
  callJson<RequestOptions>('/session/passkey/options', { method: 'POST', impatient: true });

/** @param credential what `toJSON()` of the browser gives */
export const createSessionWithPasskey = (challengeId: string, credential: unknown, adoptConversations: boolean) =>
  callJson<Session>('/session/passkey', {
    method: 'POST',
    json: { challengeId, credential, adoptConversations },
    impatient: true,
  });
