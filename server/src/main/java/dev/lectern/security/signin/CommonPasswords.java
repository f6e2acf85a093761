package dev.lectern.security.signin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Passwords that attackers try first: the 3,000 most common, and the 5,000 most common that are long enough. So that the length is not reached with one of them
 * and a few digits, or with one of them several times, they are found in these forms too. In memory from the first check on.
 */
@Component
final class CommonPasswords {
    private static final List<String> RESOURCES = List.of("/passwords/common.txt", "/passwords/long.txt");
    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}]+|[^\\p{L}]+$");
    private static final Pattern REPEATED = Pattern.compile("(.+?)\\1+");

    private final Set<String> passwords;

    CommonPasswords() {
        passwords = RESOURCES.stream().flatMap(CommonPasswords::read).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> read(String resource) {
        try (InputStream in = Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(resource));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.toLowerCase(Locale.ROOT))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number of those with so many characters or more. */
    long countOfLength(int characters) {
        return passwords.stream()
                .filter(password -> password.length() >= characters)
                .count();
    }

    /** Whether a password is common, in any letter case: by itself, several times, or with digits and signs around it. */
    boolean contains(String password) {
        String folded = password.toLowerCase(Locale.ROOT);
        String core = AROUND.matcher(folded).replaceAll("");
        return isCommon(folded) || (!core.isEmpty() && isCommon(core));
    }

    private boolean isCommon(String text) {
        var repeated = REPEATED.matcher(text);
        return passwords.contains(text) || (repeated.matches() && isWeakPart(repeated.group(1)));
    }

    private boolean isWeakPart(String part) {
        return part.length() <= 3 || passwords.contains(part);
    }
}
