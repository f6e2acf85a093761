import { computed, signal } from '@preact/signals';
import { getActiveEmbedder } from '../api/embedders';
import { ApiError, asApiError } from '../api/problem';
import { isAdministrator, loadSession } from '../session/session';

/** The content of the key file: in this tab's memory alone, sent in a header and never kept. */
const key = signal<string | undefined>(undefined);
/** Whether the reader can do what administrators do, by the session or by the key. */
export const signedIn = computed(() => isAdministrator.value || key.value !== undefined);
/** Whether that is by the key, of which the reader can sign out. */
export const hasKey = computed(() => key.value !== undefined);
/** Why the key that was used until now is not taken any more. */
export const refused = signal<ApiError | undefined>(undefined);

const REFUSALS = new Set(['unauthenticated', 'forbidden']);

/** Whether the server says that the key is not the one. */
export function isRefusal(error: ApiError): boolean {
  return REFUSALS.has(error.code);
}

/** Signs in when the server takes the key, else rejects with an ApiError. */
export async function signIn(typed: string): Promise<void> {
  const wanted = typed.trim();
  // Nothing else can be in the file, nor in a header.
  if (!/^[\x21-\x7e]+$/.test(wanted)) throw new ApiError({ title: 'Refused', status: 401, code: 'unauthenticated' });
  await getActiveEmbedder(wanted).catch((thrown: unknown) => {
    throw asApiError(thrown);
  });
  key.value = wanted;
  refused.value = undefined;
}

export function signOut(): void {
  key.value = undefined;
  refused.value = undefined;
}

/** Works as an administrator, with the key where there is one; signs out when it is refused. Rejects with an ApiError. */
export async function withOperatorKey<T>(work: (key: string) => Promise<T>): Promise<T> {
  const used = key.value ?? '';
  try {
    return await work(used);
  } catch (thrown) {
    const error = asApiError(thrown);
    if (isRefusal(error) && used && key.value === used) {
      key.value = undefined;
      refused.value = error;
    }
    // Somebody has taken the role away.
    if (isRefusal(error) && !used) void loadSession();
    throw error;
  }
}
