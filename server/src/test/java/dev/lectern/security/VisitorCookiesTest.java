package dev.lectern.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.shared.Caller;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class VisitorCookiesTest {
    private static final Caller.Visitor VISITOR = new Caller.Visitor("01K0000000000000000000000A");
    private static final VisitorCookieCodec CODEC = new VisitorCookieCodec(new byte[32]);

    private final VisitorCookies cookies = new VisitorCookies(CODEC, Duration.ofDays(365));
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private static MockHttpServletRequest request(boolean secure, String... names) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/conversations");
        request.setSecure(secure);
        request.setScheme(secure ? "https" : "http");
        request.setServerPort(secure ? 443 : 8080);
        Cookie[] sent = List.of(names).stream()
                .map(name -> new Cookie(name, CODEC.sign(VISITOR)))
                .toArray(Cookie[]::new);
        request.setCookies(sent);
        return request;
    }

    @Test
    void https_setsACookieOfThisHostAlone() {
        cookies.write(VISITOR, request(true), response);
        assertThat(response.getHeaders("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("__Host-lectern_visitor_443=")
                .contains("Path=/", "Secure", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Domain");
    }

    @Test
    void visitorOfPlainHttp_isKnownUnderHttps_andTheFormerCookieIsDeleted() {
        assertThat(cookies.read(request(true, "lectern_visitor_8080"), response))
                .hasValue(VISITOR);
        assertThat(response.getHeaders("Set-Cookie"))
                .satisfiesExactly(
                        renamed -> assertThat(renamed).startsWith("__Host-lectern_visitor_443="),
                        deleted -> assertThat(deleted)
                                .startsWith("lectern_visitor_8080=;")
                                .contains("Max-Age=0", "Path=/"));
    }

    @Test
    void visitorOfAnotherHttpsPort_isKnown() {
        assertThat(cookies.read(request(true, "__Host-lectern_visitor_8443"), response))
                .hasValue(VISITOR);
        assertThat(response.getHeaders("Set-Cookie")).hasSize(1);
    }

    @Test
    void presentCookie_isNotSetAgain_andWinsOverOneWithoutPrefix() {
        MockHttpServletRequest request = request(true, "__Host-lectern_visitor_443");
        Cookie planted =
                new Cookie("lectern_visitor_443", CODEC.sign(new Caller.Visitor("01K0000000000000000000000B")));
        request.setCookies(planted, Objects.requireNonNull(request.getCookies())[0]);
        assertThat(cookies.read(request, response)).hasValue(VISITOR);
        assertThat(response.getHeaders("Set-Cookie")).isEmpty();
    }

    @Test
    void plainHttp_hasNoPrefix_whichBrowsersWouldRefuse() {
        cookies.write(VISITOR, request(false), response);
        assertThat(response.getHeaders("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("lectern_visitor_8080=")
                .doesNotContain("Secure");
    }
}
