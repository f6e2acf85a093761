package dev.lectern.shared;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256: static methods hash one value at once, an instance hashes what arrives in parts. Texts are hashed as UTF-8; hexadecimal digits are lower case. An
 * instance gives one result and is not thread-safe.
 */
public final class Sha256 {
    private static final int BUFFER = 128 * 1024;

    private final MessageDigest digest;

    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** 64 hexadecimal digits. */
    public static String hex(byte[] bytes) {
        return new Sha256().update(bytes).hex();
    }

    /** 64 hexadecimal digits. */
    public static String hex(String text) {
        return new Sha256().update(text).hex();
    }

    /** 64 hexadecimal digits of a file's content, which is read in pieces. */
    public static String hex(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return hex(in);
        }
    }

    /** 64 hexadecimal digits of a stream, which is read to its end and left open. */
    public static String hex(InputStream in) throws IOException {
        return new Sha256().update(in).hex();
    }

    /** 32 bytes. */
    public static byte[] bytes(String text) {
        return new Sha256().update(text).bytes();
    }

    public Sha256 update(byte value) {
        digest.update(value);
        return this;
    }

    public Sha256 update(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    /** @param length of the bytes that count, from {@code offset} on */
    public Sha256 update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        return this;
    }

    public Sha256 update(String text) {
        return update(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the stream to its end and leaves it open. */
    public Sha256 update(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return this;
    }

    /** 32 bytes. Nothing can be added afterwards. */
    public byte[] bytes() {
        return digest.digest();
    }

    /** 64 hexadecimal digits. Nothing can be added afterwards. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
