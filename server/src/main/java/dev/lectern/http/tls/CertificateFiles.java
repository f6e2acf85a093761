package dev.lectern.http.tls;

import dev.lectern.http.TlsProperties;
import dev.lectern.shared.InvalidSettingException;
import dev.lectern.shared.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The content of the files that the settings name, read at one moment.
 */
final class CertificateFiles {
    /** Larger files are not certificates; reading them would fill the memory. */
    private static final long MAX_BYTES = 1L << 20;

    private final byte[] certificate;
    private final byte[] key;

    private CertificateFiles(byte[] certificate, byte[] key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** @throws InvalidSettingException when a file cannot be read */
    static CertificateFiles read(TlsProperties properties) {
        return properties.keyStore().isBlank()
                ? new CertificateFiles(
                        read("LECTERN_TLS_CERTIFICATE", properties.certificate()),
                        read("LECTERN_TLS_KEY", properties.key()))
                : new CertificateFiles(read("LECTERN_TLS_KEY_STORE", properties.keyStore()), new byte[0]);
    }

    private static byte[] read(String variable, String name) {
        String setting = variable + "=" + name;
        try {
            Path file = Path.of(name);
            if (!Files.exists(file)) {
                throw new InvalidSettingException(
                        setting + " does not exist. Set it to the path of a file that the server may read.");
            }
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                throw new InvalidSettingException(setting + " is not a file of at most 1 MB. Set it to the path of a"
                        + " PEM file or a key store.");
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new InvalidSettingException(
                    setting + " cannot be read. Allow the user of the server to read the file.", unreadable);
        } catch (InvalidPathException malformed) {
            throw new InvalidSettingException(setting + " is not a path. Set it to the path of a file.", malformed);
        }
    }

    /** The PEM file of the certificate, or the key store. */
    byte[] certificate() {
        return certificate;
    }

    /** The PEM file of the key; empty with a key store. */
    byte[] key() {
        return key;
    }

    /** Differs when the content of a file differs. */
    String digest() {
        return Sha256.hex(certificate) + Sha256.hex(key);
    }
}
