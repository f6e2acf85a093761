package dev.lectern.shared;

import java.util.regex.Pattern;

final class Ids {
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private Ids() {}

    static void requireWellFormed(String value) {
        if (!WELL_FORMED.matcher(value).matches()) {
            throw new LecternException(
                    ErrorCode.NOT_FOUND, "There is nothing with this id. Take ids from an answer of the API.");
        }
    }
}
