package dev.lectern.shared;

/** A key or password. {@code toString} hides it; only {@link #reveal()} returns the text, for the one place that sends it. */
public final class Secret {
    /** No secret: empty. */
    public static final Secret NONE = new Secret("");

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** @param text surrounding white space, which files and variables often have, is removed */
    public static Secret of(String text) {
        return new Secret(text.strip());
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return text.isEmpty() ? "none" : "***";
    }
}
