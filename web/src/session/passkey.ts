import { ApiError } from '../api/problem';

/** Whether this browser has passkeys that it reads and writes as JSON: all since Safari 18.4. Not outside of HTTPS and localhost. */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
}

/** Lets the reader make a passkey. Answers what the server gets; rejects with an ApiError. */
export function makePasskey(options: PublicKeyCredentialCreationOptionsJSON): Promise<unknown> {
  return ask(() =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  );
}

/** Lets the reader choose a passkey, and prove to be its owner. Answers what the server gets; rejects with an ApiError. */
export function usePasskey(options: PublicKeyCredentialRequestOptionsJSON): Promise<unknown> {
  return ask(() => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }));
}

async function ask(work: () => Promise<Credential | null>): Promise<unknown> {
  try {
    return ((await work()) as PublicKeyCredential).toJSON();
  } catch (thrown) {
    const name = thrown instanceof DOMException ? thrown.name : 'unknown';
    throw new ApiError({ title: 'Passkey', status: 400, code: codeOf(name), detail: name });
  }
}

/** Browsers do not tell a reader who refuses from one without a passkey, so that pages cannot find out. */
function codeOf(name: string): string {
  if (name === 'NotAllowedError' || name === 'AbortError') return 'passkey_cancelled';
  return name === 'InvalidStateError' ? 'passkey_known' : 'passkey_failed';
}
