package dev.lectern.security.signin;

import dev.lectern.shared.LecternException;
import java.text.Normalizer;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What a new password must be like. */
@Component
final class PasswordRules {
    static final int MIN_LENGTH = 12;
    static final int MAX_LENGTH = 200;
    private static final int MIN_NAME_LENGTH = 4;

    private final CommonPasswords common;

    PasswordRules(CommonPasswords common) {
        this.common = common;
    }

    /** The form of a password that is hashed: however a keyboard composes its letters, it is the same (NFKC, as NIST SP 800-63B says). */
    static String normalise(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    /**
     * The {@link #normalise normalised} form of a new password.
     *
     * @param name what the person signs in with, folded
     * @throws LecternException INVALID_REQUEST of the field {@code password}: not 12 to 200 characters, common, or with the name in it
     */
    String require(String password, String name) {
        String normal = password.length() > 4 * MAX_LENGTH ? password : normalise(password);
        int length = normal.codePointCount(0, normal.length());
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw refuse("The password has " + length + " characters. Choose one of " + MIN_LENGTH + " to " + MAX_LENGTH
                    + ", such as four words that have nothing to do with each other.");
        }
        if (common.contains(normal)) {
            throw refuse("This password is one of the most common, or little more than that, and would be guessed soon."
                    + " Choose another one, such as four words that have nothing to do with each other.");
        }
        String person = name.contains("@") ? name.substring(0, name.indexOf('@')) : name;
        if (person.length() >= MIN_NAME_LENGTH
                && normal.toLowerCase(Locale.ROOT).contains(person)) {
            throw refuse("The password contains the name \"" + person + "\". Choose one without it.");
        }
        return normal;
    }

    private static LecternException refuse(String message) {
        return LecternException.invalid("password", message);
    }
}
