package dev.lectern.answering.prompt;

/** How many tokens a text has for a model whose tokenizer we do not have: one for three characters, and one for each of a script without spaces. Rather too many than too few. */
final class TokenEstimate {
    private static final int CHARACTERS_PER_TOKEN = 3;

    private TokenEstimate() {}

    static int of(String text) {
        int dense = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x0E00) {
                dense++;
            }
        }
        return dense + (text.length() - dense + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }
}
