package dev.lectern.observability;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.lectern.observability.spi.LogContext;
import dev.lectern.observability.spi.LogContext.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogFormatTest {
    private static final LogContext TURN = LogContext.EMPTY
            .with(LogContext.Field.REQUEST, "request-1")
            .with(LogContext.Field.TRACE, "4bf92f3577b34da6a3ce929d0e0e4736")
            .with(LogContext.Field.CALLER, "visitor-1")
            .with(LogContext.Field.ANSWER, "answer-1");

    @Test
    void text_lineOfATurn_endsWithItsIds() throws Exception {
        try (Scope _ = TURN.open()) {
            assertThat(formatText("Found it")).endsWith(" Found it [requestId=request-1 answerId=answer-1]");
        }
    }

    @Test
    void text_lineOfAJob_endsWithItsIds() throws Exception {
        try (Scope _ = LogContext.EMPTY
                .with(LogContext.Field.JOB, "job-1")
                .with(LogContext.Field.DOCUMENT, "document-1")
                .open()) {
            assertThat(formatText("Read it")).endsWith(" Read it [jobId=job-1 documentId=document-1]");
        }
    }

    @Test
    void text_lineWithoutContext_endsWithItsMessage() throws Exception {
        assertThat(formatText("Started [all] of it")).endsWith(" Started [all] of it");
    }

    @Test
    void text_messageWithLineBreaks_isOneLine() throws Exception {
        assertThat(formatText("Name a\r\n12:00:00.000 ERROR forged\u2028b"))
                .endsWith(" Name a 12:00:00.000 ERROR forged b")
                .hasLineCount(1);
    }

    @Test
    void json_lineOfATurn_hasItsIdsAsFields() {
        StructuredLogEncoder encoder = new StructuredLogEncoder();
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        LoggerContext own = new LoggerContext();
        own.putObject("org.springframework.core.env.Environment", new MockEnvironment());
        own.setMDCAdapter(context.getMDCAdapter());
        encoder.setContext(own);
        encoder.setFormat("ecs");
        encoder.start();
        JsonNode line;
        try (Scope _ = TURN.open()) {
            line = JsonMapper.shared().readTree(encoder.encode(event("Found it", own)));
        }

        assertThat(line.path("message").asString()).isEqualTo("Found it");
        assertThat(line.path("requestId").asString()).isEqualTo("request-1");
        assertThat(line.path("traceId").asString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(line.path("callerId").asString()).isEqualTo("visitor-1");
        assertThat(line.path("answerId").asString()).isEqualTo("answer-1");
    }

    @SuppressWarnings("rawtypes") // as Logback declares it
    private static String formatText(String message) throws Exception {
        String pattern = String.valueOf(new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yaml"))
                .getFirst()
                .getProperty("logging.pattern.console"));
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        Map<String, Supplier<ch.qos.logback.core.pattern.DynamicConverter>> converters = new HashMap<>();
        converters.put("wEx", ExtendedWhitespaceThrowableProxyConverter::new);
        layout.getInstanceConverterMap().putAll(converters);
        layout.setPattern(pattern);
        layout.start();
        return layout.doLayout(event(message, context)).stripTrailing();
    }

    private static LoggingEvent event(String message, LoggerContext context) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(context);
        event.setLoggerName("dev.lectern.Test");
        event.setLevel(Level.INFO);
        event.setMessage(message);
        event.setThreadName("test");
        event.setTimeStamp(0);
        Map<String, String> mdc = MDC.getCopyOfContextMap();
        event.setMDCPropertyMap(mdc == null ? Map.of() : mdc);
        return event;
    }
}
