package dev.lectern.security.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.shared.LecternException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    private final PasswordRules rules = new PasswordRules(new CommonPasswords());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elevenchars",
                "passwordpassword",
                "Password!123456",
                "123456789012",
                "qwerty123456",
                "1qaz2wsx3edc",
                "iloveyou2026!!!",
                "monkeymonkeymonkey",
                "SonyEricsson",
                "leavemealone",
                "...leavemealone2026",
                "aaaaaaaaaaaaaaaa",
                "my anna.meier is here"
            })
    void shortCommonAndOwnNames_areRefused_withoutTheirText(String password) {
        assertThatThrownBy(() -> rules.require(password, "anna.meier"))
                .isInstanceOfSatisfying(LecternException.class, refusal -> {
                    assertThat(refusal.fields()).extracting("field").containsExactly("password");
                    assertThat(refusal.getMessage()).doesNotContain(password);
                });
    }

    /** As many as ASVS 6.2.4 asks for, of those that the length allows. */
    @Test
    void commonPasswords_ofTheRequiredLength_are5000() {
        assertThat(new CommonPasswords().countOfLength(12)).isBetween(4_900L, 5_500L);
    }

    @Test
    void lengths_areThoseOfCharacters_in12To200() {
        String emoji = "🦉🐙🦊🐢🦜🐝🦔🐌🦀🐧🦩🐞";
        assertThat(rules.require(emoji, "anna")).isEqualTo(emoji);
        assertThat(rules.require("q7".repeat(99) + "xy", "anna")).hasSize(200);
        assertThatThrownBy(() -> rules.require("q7".repeat(100) + "x", "anna")).hasMessageContaining("201");
        assertThatThrownBy(() -> rules.require("q7".repeat(100_000), "anna")).hasMessageContaining("200000");
    }

    @Test
    void composedAndDecomposedLetters_areTheSamePassword() {
        assertThat(rules.require("Grüße aus Köln 77", "anna"))
                .isEqualTo(PasswordRules.normalise("Gru\u0308\u00dfe aus Ko\u0308ln 77"));
    }

    @Test
    void nameOfAnAddress_isRefusedWithoutItsDomain() {
        for (String password : List.of("i am ANNA at home", "anna likes tea a lot")) {
            assertThatThrownBy(() -> rules.require(password, "anna@example.org"))
                    .hasMessageContaining("\"anna\"");
        }
        assertThat(rules.require("tea at example.org", "anna@example.org")).isNotEmpty();
    }
}
