package dev.lectern.models.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** Splits texts into the tokens of a model. Thread-safe. */
final class TextTokenizer implements AutoCloseable {
    /** Longer texts are truncated to this before encoding: these characters have more than 8192 tokens, the maximum of any model. */
    private static final int MAX_CHARACTERS = 400_000;

    private final HuggingFaceTokenizer tokenizer;
    private final int maxTokens;

    /**
     * @param ids with special tokens
     * @param types of segments; all are the first segment
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Encoded(long[] ids, long[] mask, long[] types) {}

    TextTokenizer(byte[] json, int maxTokens) throws IOException {
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

    /** Encodes a text. A long text is truncated before its final special tokens. */
    Encoded encode(String text) {
        String bounded = text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) : text;
        Encoding encoding = tokenizer.encode(bounded, true, false);
        long[] ids = encoding.getIds();
        long[] result = ids.length > maxTokens ? truncate(ids, encoding.getSpecialTokenMask()) : ids;
        long[] mask = new long[result.length];
        Arrays.fill(mask, 1);
        return new Encoded(result, mask, new long[result.length]);
    }

    private long[] truncate(long[] ids, long[] special) {
        int ending = 0;
        while (ending < maxTokens && special[ids.length - 1 - ending] == 1) {
            ending++;
        }
        long[] bounded = new long[maxTokens];
        System.arraycopy(ids, 0, bounded, 0, maxTokens - ending);
        System.arraycopy(ids, ids.length - ending, bounded, maxTokens - ending, ending);
        return bounded;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
