package dev.lectern.audit;

/** Texts as the audit log stores them. */
final class AuditTexts {
    /** In JSON, as UTF-8. */
    private static final int MAX_BYTES = 250;

    private static final char REPLACEMENT = '\ufffd';
    private static final String CUT = "…";
    private static final int CUT_BYTES = 3;

    private AuditTexts() {}

    /**
     * One line of at most {@value #MAX_BYTES} bytes, cut with an ellipsis. Control characters and halves of surrogate pairs, which a database may refuse or
     * change, are replaced.
     */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        int bytes = 0;
        int fitting = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            int kept = isUnsafe(point) ? REPLACEMENT : point;
            bytes += size(kept);
            if (bytes > MAX_BYTES) {
                return clean.substring(0, fitting) + CUT;
            }
            clean.appendCodePoint(kept);
            if (bytes <= MAX_BYTES - CUT_BYTES) {
                fitting = clean.length();
            }
        }
        return clean.toString();
    }

    private static boolean isUnsafe(int point) {
        return Character.isISOControl(point)
                || point == 0x2028
                || point == 0x2029
                || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    /** Bytes of a character in JSON. */
    private static int size(int point) {
        if (point == '"' || point == '\\') {
            return 2;
        }
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
}
