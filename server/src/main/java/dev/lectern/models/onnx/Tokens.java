package dev.lectern.models.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** Cuts texts into a model's tokens. Thread-safe. */
final class Tokens implements AutoCloseable {
    /** No text has more than the longest model's 8192 tokens in its part before this; what is behind it could only be cut off. */
    private static final int MAX_CHARACTERS = 400_000;

    private final HuggingFaceTokenizer tokenizer;
    private final int maxTokens;

    /**
     * @param ids with special tokens
     * @param types of segments, all of the first one
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Encoded(long[] ids, long[] mask, long[] types) {}

    Tokens(byte[] json, int maxTokens) throws IOException {
        this.tokenizer = HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(json), Map.of("truncation", "false", "padding", "false"));
        this.maxTokens = maxTokens;
    }

    int count(String text) {
        if (text.length() <= MAX_CHARACTERS) {
            return tokenizer.encode(text, false, false).getIds().length;
        }
        int count = 0;
        for (int start = 0; start < text.length(); start += MAX_CHARACTERS) {
            count += count(text.substring(start, Math.min(text.length(), start + MAX_CHARACTERS)));
        }
        return count;
    }

    /** Of a text that is too long, the first tokens and the special ones that end it. */
    Encoded encode(String text) {
        String bounded = text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) : text;
        Encoding encoding = tokenizer.encode(bounded, true, false);
        long[] ids = encoding.getIds();
        long[] kept = ids.length > maxTokens ? cut(ids, encoding.getSpecialTokenMask()) : ids;
        long[] mask = new long[kept.length];
        Arrays.fill(mask, 1);
        return new Encoded(kept, mask, new long[kept.length]);
    }

    private long[] cut(long[] ids, long[] special) {
        int ending = 0;
        while (ending < maxTokens && special[ids.length - 1 - ending] == 1) {
            ending++;
        }
        long[] kept = new long[maxTokens];
        System.arraycopy(ids, 0, kept, 0, maxTokens - ending);
        System.arraycopy(ids, ids.length - ending, kept, maxTokens - ending, ending);
        return kept;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
