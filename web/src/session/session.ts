import { computed, signal } from '@preact/signals';
import { onSessionRefused, setCsrfToken } from '../api/http';
import { deleteSession, getSession, type Session } from '../api/session';
import { currentPath, go, isGate, reloadAt, route } from '../ui/router';
import { readStored, sessionStorageOrNone, writeStored } from '../ui/storage';
import { forgetReader, noteReader } from './readerStorage';

/** Undefined until it is known, and of a server that has no accounts. */
export const session = signal<Session | undefined>(undefined);
export const user = computed(() => session.value?.user ?? undefined);
export const isAdministrator = computed(() => session.value?.isAdministrator ?? false);
/** Whether somebody without an account may use the server; who runs it can then show the operator key. */
export const isOpen = computed(() => session.value?.mode !== 'private');

/** Where the reader was before the sign-in, also across the page of an identity provider. */
const RETURN = 'lectern.returnTo';

let started: Promise<void> | undefined;

/** Reads who is signed in; at the same time only once. Keeps what is known when the server is not reached. */
export function loadSession(): Promise<void> {
  started ??= getSession()
    .then(adoptSession, () => undefined)
    .finally(() => {
      started = undefined;
    });
  return started;
}

export function adoptSession(view: Session): void {
  session.value = view;
  setCsrfToken(view.csrfToken ?? undefined);
  noteReader(view.user?.id);
}

/** Leads to the sign-in, and back to the present page afterwards. */
export function goToSignIn(): void {
  rememberReturn(currentPath());
  go({ page: 'sign-in' });
}

/** Loads the page of before the sign-in for the reader who has signed in. */
export function returnFromSignIn(): void {
  reloadAt(takeReturn() ?? '/');
}

/** After the page of an identity provider, which leads to the start. */
export function returnFromProvider(): void {
  if (!user.value || currentPath() !== '/') return;
  const to = takeReturn();
  if (to && to !== '/') reloadAt(to);
}

export async function signOut(): Promise<void> {
  forgetReader();
  await deleteSession();
  leaveReader();
}

/** Forgets what belongs to the reader who is gone, and starts again. */
export function leaveReader(): void {
  forgetReader();
  takeReturn();
  reloadAt('/');
}

function rememberReturn(path: string): void {
  if (path !== '/sign-in') writeStored(sessionStorageOrNone(), RETURN, path);
}

/** Only a path of this page: an address of another site has a second slash. */
function takeReturn(): string | undefined {
  const to = readStored<string>(sessionStorageOrNone(), RETURN);
  writeStored(sessionStorageOrNone(), RETURN, undefined);
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : undefined;
}

/**
 * After a refusal: a session that is over leads to the sign-in of a private server. Answers whether another try makes sense, with the token of the session that
 * another window has begun.
 */
async function renew(status: number): Promise<boolean> {
  const before = session.value;
  await loadSession();
  const now = session.value;
  if (status === 401 && now?.mode === 'private' && !now.user) {
    // The pages of one-time links are for people without a session.
    if (!isGate(route.value)) goToSignIn();
    return false;
  }
  return now?.user?.id === before?.user?.id && now?.csrfToken !== before?.csrfToken;
}

onSessionRefused(renew);
