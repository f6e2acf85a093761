package dev.lectern.http.web;

import dev.lectern.shared.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        this.tag = "\"" + Sha256.hex(bytes).substring(0, 32) + "\"";
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
}
