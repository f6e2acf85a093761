package dev.lectern.models;

/**
 * How many tokens a text has where the model does not say: a quarter of its letters and signs in alphabetic scripts, one for each character of
 * Chinese, Japanese and Korean. Rounded up; for English and German a few per cent too high.
 */
public final class TokenEstimate {
    private static final int FIRST_CJK = 0x2E80;
    private static final int CHARACTERS_PER_TOKEN = 4;

    private TokenEstimate() {}

    public static int of(CharSequence text) {
        int cjk = (int) text.chars().filter(c -> c >= FIRST_CJK).count();
        return cjk + (text.length() - cjk + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    public static int of(ChatRequest request) {
        return of(request.system())
                + request.turns().stream().mapToInt(turn -> of(turn.text())).sum();
    }
}
