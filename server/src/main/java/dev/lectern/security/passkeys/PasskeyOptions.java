package dev.lectern.security.passkeys;

import java.util.Map;

/**
 * What a browser asks an authenticator for.
 *
 * @param challengeId to be sent back with what the authenticator says, within five minutes, once
 * @param publicKey options of WebAuthn, as PublicKeyCredential.parseCreationOptionsFromJSON and parseRequestOptionsFromJSON of browsers take them
 */
public record PasskeyOptions(String challengeId, Map<String, Object> publicKey) {
    /** Without the challenge. */
    @Override
    public String toString() {
        return "PasskeyOptions[]";
    }
}
