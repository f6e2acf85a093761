package dev.lectern.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.mock.env.MockEnvironment;

class SecretMaskTest {
    private static final SecretMask MASK = SecretMask.of(List.of(
            "plain-value",
            "with\"quote\\and",
            "postgresql://anna:p%40ss-word@db.example.org:5432/x?password=second-one",
            "redis://localhost:6379",
            "plain-value-longer",
            "k"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Sent plain-value to it | Sent *** to it",
                "Sent plain-value-longer | Sent ***",
                "{\"v\":\"with\\\"quote\\\\and\"} | {\"v\":\"***\"}",
                "user anna, p@ss-word | user anna, ***",
                "p%40ss-word | ***",
                "second-one | ***",
                "https://ben:other@host/x | https://ben:***@host/x",
                "https://ben:a@b@host/x | https://ben:***@host/x",
                "Authorization: Bearer abcdefgh | Authorization: ***",
                "the token was Bearer abcdefgh.ijk== here | the token was Bearer *** here",
                "Basic YW5uYTpzZWNyZXQ= | Basic ***",
                "GET /x?api_key=abc&limit=3 | GET /x?api_key=***&limit=3",
                "token=abc, apiKey=abc, password='abc' | token=***, apiKey=***, password='***'",
                "FIELD(Cookie: a=b; c=d) | FIELD(Cookie: ***)",
                "[x-goog-api-key: abc] | [x-goog-api-key: ***]",
                "key lect_4kQxAbCdEfGhIjKlMnOpQrStUvWxYz0123456789 is | key lect_4kQx*** is",
                "lectern_visitor_8080=v1.abc.def; other | lectern_visitor_8080=***; other",
            })
    void apply_textWithASecret_hidesIt(String text, String masked) {
        assertThat(MASK.apply(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Lectern is ready at http://127.0.0.1:8080 for anna@example.org",
                "Answer completed: inputTokens=3120 outputTokens=182",
                "LECTERN_PORT=abc is not a whole number. Write for instance LECTERN_PORT=8080.",
                "postgresql on localhost:6379 with k",
                "lectern_storage_bytes 5",
            })
    void apply_textWithoutASecret_staysAsItIs(String text) {
        assertThat(MASK.apply(text)).isEqualTo(text);
    }

    @Test
    void encode_messageAndStackTrace_inBothFormats_areMasked() {
        LoggerContext context = new LoggerContext();
        context.putObject("org.springframework.core.env.Environment", new MockEnvironment());
        context.setMDCAdapter(new LogbackMDCAdapter());
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setPattern("%msg%n%ex");
        StructuredLogEncoder json = new StructuredLogEncoder();
        json.setFormat("ecs");
        for (Encoder<ILoggingEvent> encoder : List.of(text, json)) {
            encoder.setContext(context);
            encoder.start();
            LoggingEvent event = new LoggingEvent(
                    "test",
                    context.getLogger("test"),
                    Level.TRACE,
                    "Key plain-value of {}",
                    new IllegalStateException("refused with\"quote\\and", new IllegalStateException("plain-value")),
                    new Object[] {"p@ss-word"});
            String unmasked = new String(encoder.encode(event), StandardCharsets.UTF_8);
            assertThat(unmasked).contains("plain-value", "p@ss-word");
            MaskingEncoder masking = MaskingEncoder.around(MaskingEncoder.around(encoder, MASK), MASK);
            assertThat(new String(masking.encode(event), StandardCharsets.UTF_8))
                    .contains("Key *** of ***", "refused ***")
                    .doesNotContain("plain-value", "quote", "p@ss-word");
        }
        assertThat(MASK.toString()).doesNotContain("plain");
    }
}
