package dev.lectern.security.keys;

import dev.lectern.shared.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The secret of an API key as a program sends it: {@value #PREFIX}, 32 random letters and digits (190 bits), and 6 of a checksum. Scanners of source code find it by
 * its form, and a mistyped one is known without a look into the database.
 */
public final class ApiKeyToken {
    /** How every secret begins. */
    public static final String PREFIX = "lect_";

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM = 32;
    private static final int CHECKSUM = 6;
    private static final int HINT = 4;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (RANDOM + CHECKSUM) + "}");

    private ApiKeyToken() {}

    static String create(SecureRandom random) {
        StringBuilder token = new StringBuilder(PREFIX);
        for (int i = 0; i < RANDOM; i++) {
            token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return token.append(checksum(token.toString())).toString();
    }

    /** Whether a text is a secret of a key, perhaps a wrong one. */
    public static boolean isToken(String text) {
        return text.startsWith(PREFIX);
    }

    /** Whether form and checksum are right. */
    static boolean isIntact(String token) {
        int end = token.length() - CHECKSUM;
        return FORM.matcher(token).matches() && token.substring(end).equals(checksum(token.substring(0, end)));
    }

    /** What is stored of a secret. It has 190 random bits, so that a plain hash cannot be reversed. */
    static String hash(String token) {
        return Sha256.hex(token);
    }

    /** The begin of a secret, by which people know it. */
    static String hint(String token) {
        return token.substring(0, PREFIX.length() + HINT) + "…";
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        long rest = crc.getValue();
        char[] digits = new char[CHECKSUM];
        for (int i = CHECKSUM - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
            rest /= ALPHABET.length();
        }
        return new String(digits);
    }
}
