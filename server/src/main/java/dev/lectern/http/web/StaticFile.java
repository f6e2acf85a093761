package dev.lectern.http.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A file of the page, ready to be sent. Never changed after it was made. */
final class StaticFile {
    private static final int WORTH_PACKING = 1024;

    private final byte[] bytes;
    private final byte @Nullable [] packed;
    private final String contentType;
    private final String tag;

    StaticFile(byte[] bytes, String contentType, boolean packable) {
        this.bytes = bytes;
        this.contentType = contentType;
        this.packed = packable && bytes.length >= WORTH_PACKING ? gzip(bytes) : null;
        this.tag = "\"" + sha256(bytes).substring(0, 32) + "\"";
    }

    byte[] bytes() {
        return bytes;
    }

    /** The same, gzip; null when that does not pay. */
    byte @Nullable [] packed() {
        return packed;
    }

    String contentType() {
        return contentType;
    }

    /** An entity tag, of the content. */
    String tag() {
        return tag;
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
