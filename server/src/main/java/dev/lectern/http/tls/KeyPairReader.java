package dev.lectern.http.tls;

import dev.lectern.http.TlsProperties;
import dev.lectern.shared.InvalidSettingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/** Reads certificate and key from PEM files or a key store. Each method throws an {@link InvalidSettingException} that names the setting and what to do. */
final class KeyPairReader {
    private final TlsProperties properties;

    KeyPairReader(TlsProperties properties) {
        this.properties = properties;
    }

    ServerKeyPair read(CertificateFiles files) {
        return properties.keyStore().isBlank() ? readPem(files) : readKeyStore(files.certificate());
    }

    private ServerKeyPair readPem(CertificateFiles files) {
        return new ServerKeyPair(readPemKey(files.key()), readPemCertificates(files.certificate()));
    }

    private List<X509Certificate> readPemCertificates(byte[] file) {
        String setting = "LECTERN_TLS_CERTIFICATE=" + properties.certificate();
        String text = new String(file, StandardCharsets.ISO_8859_1);
        if (!text.contains("-----BEGIN CERTIFICATE-----")) {
            throw new InvalidSettingException(setting + " has no certificate in PEM form. Set it to a file with a line"
                    + " -----BEGIN CERTIFICATE-----.");
        }
        try {
            return PemContent.of(text).getCertificates();
        } catch (IllegalArgumentException | IllegalStateException malformed) {
            throw new InvalidSettingException(
                    setting + " has a damaged certificate. Write the file again as its authority sent it.", malformed);
        }
    }

    private PrivateKey readPemKey(byte[] file) {
        String setting = "LECTERN_TLS_KEY=" + properties.key();
        String text = new String(file, StandardCharsets.ISO_8859_1);
        if (!text.contains("PRIVATE KEY-----")) {
            throw new InvalidSettingException(setting + " has no private key in PEM form. Set it to a file with a line"
                    + " -----BEGIN PRIVATE KEY-----.");
        }
        boolean encrypted = text.contains("ENCRYPTED");
        if (encrypted && properties.keyPassword().isEmpty()) {
            throw new InvalidSettingException(
                    setting + " is encrypted. Set LECTERN_TLS_KEY_PASSWORD to the password of the key.");
        }
        try {
            PrivateKey key = PemContent.of(text)
                    .getPrivateKey(encrypted ? properties.keyPassword().reveal() : null);
            if (key != null) {
                return key;
            }
        } catch (IllegalArgumentException | IllegalStateException malformed) {
            throw unreadableKey(setting, encrypted, malformed);
        }
        throw unreadableKey(setting, encrypted, null);
    }

    private static InvalidSettingException unreadableKey(String setting, boolean encrypted, @Nullable Exception cause) {
        return new InvalidSettingException(
                encrypted
                        ? setting + " cannot be decrypted with LECTERN_TLS_KEY_PASSWORD. Correct the password, or write"
                                + " the key as PKCS#8 (openssl pkcs8 -topk8)."
                        : setting + " has a private key of an unknown form. Write it as PKCS#8 (openssl pkcs8 -topk8"
                                + " -nodes).",
                cause);
    }

    private ServerKeyPair readKeyStore(byte[] file) {
        String setting = "LECTERN_TLS_KEY_STORE=" + properties.keyStore();
        KeyStore store = open(setting, file);
        try {
            String alias = findAlias(setting, store);
            char[] password = (properties.keyPassword().isEmpty()
                            ? properties.keyStorePassword()
                            : properties.keyPassword())
                    .reveal()
                    .toCharArray();
            Certificate[] chain = store.getCertificateChain(alias);
            if (!(store.getKey(alias, password) instanceof PrivateKey key) || chain == null) {
                throw new InvalidSettingException(setting + " has no certificate beside the key \"" + alias
                        + "\". Import the certificate into the entry of its key.");
            }
            List<X509Certificate> certificates = new ArrayList<>();
            for (Certificate certificate : chain) {
                certificates.add((X509Certificate) certificate);
            }
            return new ServerKeyPair(key, certificates);
        } catch (GeneralSecurityException wrongPassword) {
            throw new InvalidSettingException(
                    setting + " has a key that its password does not open. Set LECTERN_TLS_KEY_PASSWORD to the password"
                            + " of the key.",
                    wrongPassword);
        }
    }

    private KeyStore open(String setting, byte[] file) {
        // JKS begins with this number; all else is taken for PKCS#12.
        boolean jks = file.length > 1 && file[0] == (byte) 0xfe && file[1] == (byte) 0xed;
        try {
            KeyStore store = KeyStore.getInstance(jks ? "JKS" : "PKCS12");
            store.load(
                    new ByteArrayInputStream(file),
                    properties.keyStorePassword().reveal().toCharArray());
            return store;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new InvalidSettingException(
                    setting + " is no key store (PKCS#12 or JKS) that LECTERN_TLS_KEY_STORE_PASSWORD opens. Correct the"
                            + " password or the file.",
                    unreadable);
        }
    }

    private String findAlias(String setting, KeyStore store) throws GeneralSecurityException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        Collections.sort(keys);
        String wanted = properties.keyAlias();
        if (!wanted.isBlank()) {
            return keys.stream()
                    .filter(wanted::equalsIgnoreCase)
                    .findFirst()
                    .orElseThrow(() -> new InvalidSettingException("LECTERN_TLS_KEY_ALIAS=" + wanted
                            + " is no private key of the key store. Set it to one of: " + String.join(", ", keys)
                            + "."));
        }
        if (keys.size() != 1) {
            throw new InvalidSettingException(
                    keys.isEmpty()
                            ? setting + " has no private key. Import the key together with its certificate."
                            : setting + " has several private keys. Set LECTERN_TLS_KEY_ALIAS to one of: "
                                    + String.join(", ", keys) + ".");
        }
        return keys.getFirst();
    }
}
