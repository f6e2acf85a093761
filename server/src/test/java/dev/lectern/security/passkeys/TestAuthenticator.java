package dev.lectern.security.passkeys;

import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.AuthenticatorDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionAuthenticatorOutput;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionsAuthenticatorOutputs;
import com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A browser with an authenticator that has one passkey, for tests that are not about the page: it makes what real ones make, with the serialisation of
 * WebAuthn4J. What
 * tests set here is what a hostile one lies about. WebAuthn4J's own emulator is not to be had.
 */
final class TestAuthenticator {
    private static final ObjectConverter CONVERTER = new ObjectConverter();
    private static final byte PRESENT = AuthenticatorData.BIT_UP;
    private static final byte VERIFIED = AuthenticatorData.BIT_UV;

    private final byte[] credentialId;
    private final KeyPair keys;

    String origin;
    String rpId;
    boolean isVerified = true;
    long signatureCount;
    /** Of the account, as the server named it; base64url. */
    String userHandle = "";

    TestAuthenticator(String origin, String rpId) throws GeneralSecurityException {
        this.origin = origin;
        this.rpId = rpId;
        credentialId = new byte[32];
        new SecureRandom().nextBytes(credentialId);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        keys = generator.generateKeyPair();
    }

    /** The same passkey in other hands. */
    TestAuthenticator(TestAuthenticator original) {
        origin = original.origin;
        rpId = original.rpId;
        signatureCount = original.signatureCount;
        userHandle = original.userHandle;
        credentialId = original.credentialId;
        keys = original.keys;
    }

    String credentialId() {
        return encode(credentialId);
    }

    /** What navigator.credentials.create answers, as JSON. */
    String create(JsonNode publicKey) throws GeneralSecurityException {
        userHandle = publicKey.path("user").path("id").asString();
        AuthenticatorData<RegistrationExtensionAuthenticatorOutput> data = new AuthenticatorData<>(
                hash(rpId.getBytes(StandardCharsets.UTF_8)),
                (byte) (flags() | AuthenticatorData.BIT_AT),
                signatureCount,
                new AttestedCredentialData(
                        AAGUID.ZERO,
                        credentialId,
                        EC2COSEKey.create((ECPublicKey) keys.getPublic(), COSEAlgorithmIdentifier.ES256)),
                new AuthenticationExtensionsAuthenticatorOutputs<>());
        byte[] attestation = new AttestationObjectConverter(CONVERTER)
                .convertToBytes(new AttestationObject(data, new NoneAttestationStatement()));
        return credential(Map.of(
                "clientDataJSON",
                encode(clientData("webauthn.create", publicKey)),
                "attestationObject",
                encode(attestation),
                "transports",
                new String[] {"internal", "hybrid"}));
    }

    /** What navigator.credentials.get answers, as JSON. */
    String get(JsonNode publicKey) throws GeneralSecurityException {
        AuthenticatorData<AuthenticationExtensionAuthenticatorOutput> data =
                new AuthenticatorData<>(hash(rpId.getBytes(StandardCharsets.UTF_8)), flags(), signatureCount);
        byte[] authenticatorData = new AuthenticatorDataConverter(CONVERTER).convert(data);
        byte[] clientData = clientData("webauthn.get", publicKey);
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(authenticatorData);
        signed.writeBytes(hash(clientData));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(signed.toByteArray());
        return credential(Map.of(
                "clientDataJSON",
                encode(clientData),
                "authenticatorData",
                encode(authenticatorData),
                "signature",
                encode(signature.sign()),
                "userHandle",
                userHandle));
    }

    private byte flags() {
        return isVerified ? (byte) (PRESENT | VERIFIED) : PRESENT;
    }

    private String credential(Map<String, Object> response) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", credentialId());
        all.put("rawId", credentialId());
        all.put("type", "public-key");
        all.put("authenticatorAttachment", "platform");
        all.put("clientExtensionResults", Map.of());
        all.put("response", response);
        return JsonMapper.shared().writeValueAsString(all);
    }

    private byte[] clientData(String type, JsonNode publicKey) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", type);
        data.put("challenge", publicKey.path("challenge").asString());
        data.put("origin", origin);
        data.put("crossOrigin", false);
        return JsonMapper.shared().writeValueAsBytes(data);
    }

    private static byte[] hash(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
