package dev.lectern.caching;

import java.nio.charset.StandardCharsets;

/** Texts; one that begins with "!" cannot be read. */
final class TextCodec implements CacheValueCodec<String> {
    @Override
    public String version() {
        return "1";
    }

    @Override
    public byte[] write(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.startsWith("!")) {
            throw new IllegalArgumentException("Foreign");
        }
        return text;
    }
}
