package dev.lectern.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.http.CallerAttribute;
import dev.lectern.http.HttpProperties;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.InvalidSettingException;
import dev.lectern.shared.LecternException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ProblemExceptionHandlerTest {
    private final ProblemExceptionHandler handler =
            new ProblemExceptionHandler(new ExceptionTranslator(new Binder(new MapConfigurationPropertySource(Map.of()))
                    .bindOrCreate("lectern.http", HttpProperties.class)));

    @Test
    void handle_failureForTheOperator_tellsAReaderToAskTheOperator() {
        LecternException failure = LecternException.forOperator(
                ErrorCode.ORIGINALS_UNAVAILABLE,
                "The storage of the originals denied access.",
                "Check LECTERN_ORIGINALS_ACCESS_KEY.",
                null);
        assertThat(detail(failure, new Caller.Visitor("v")))
                .isEqualTo("The storage of the originals denied access. Ask the operator of this server.");
        assertThat(detail(failure, new Caller.Operator("o")))
                .isEqualTo("The storage of the originals denied access. Check LECTERN_ORIGINALS_ACCESS_KEY.");
    }

    @Test
    void handle_invalidSetting_isAFaultOfTheServer() {
        LecternException failure = new InvalidSettingException("LECTERN_CHAT_MODEL=gpt-4 is not valid.");
        assertThat(failure.code().status()).isEqualTo(500);
        assertThat(detail(failure, new Caller.Visitor("v"))).doesNotContain("LECTERN_", "gpt-4");
    }

    private String detail(LecternException failure, Caller caller) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/ask");
        CallerAttribute.put(request, caller);
        var response = Objects.requireNonNull(handler.handle(failure, request, new MockHttpServletResponse()));
        return Objects.requireNonNull(response.getBody()).detail();
    }
}
