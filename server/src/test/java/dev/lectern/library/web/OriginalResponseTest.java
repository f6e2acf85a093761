package dev.lectern.library.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.library.OriginalFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletResponse;

class OriginalResponseTest {
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "TEXT/HTML",
                "text/html; charset=utf-8",
                "application/xhtml+xml",
                "image/svg+xml",
                "application/xml",
                "text/xml",
                "text/javascript",
                "application/javascript",
                "text/css",
                "text/markdown",
                "text/csv",
                "message/rfc822",
                "multipart/related",
                "application/json",
                "application/rtf",
                "image/png",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "application/pdf; x=y",
                "no type",
                ""
            })
    void content_ofAnyOtherType_isDownloadedAsBytes(String type) {
        ResponseEntity<Resource> original = respond("a.html", type);
        assertThat(original.getHeaders().getFirst("Content-Disposition")).startsWith("attachment; ");
        assertThat(original.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_OCTET_STREAM);
        assertSandbox();
    }

    @Test
    void content_withoutType_isDownloadedAsBytes() {
        ResponseEntity<Resource> original =
                OriginalResponse.of(new OriginalFile(Path.of("x"), "a", null, 1, "hash"), response);
        assertThat(original.getHeaders().getFirst("Content-Disposition")).startsWith("attachment; ");
        assertThat(original.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_OCTET_STREAM);
        assertSandbox();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/pdf", "text/plain", "Text/Plain"})
    void content_thatCannotRunCode_isDisplayedInASandbox(String type) {
        ResponseEntity<Resource> original = respond("a.pdf", type);
        assertThat(original.getHeaders().getFirst("Content-Disposition")).startsWith("inline; ");
        assertThat(original.getHeaders().getContentType()).isEqualTo(MediaType.parseMediaType(type));
        assertSandbox();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "report.pdf | report.pdf",
                "Übersicht 2026.pdf | Übersicht 2026.pdf",
                "../../etc/passwd | _.._etc_passwd",
                "a\\b:c.pdf | a_b_c.pdf",
                "say \"hi\".html | say _hi_.html",
                "a%0d%0aSet-Cookie: x.txt | a_0d_0aSet-Cookie_ x.txt",
                ".htaccess | htaccess",
                "con.txt | _con.txt",
                "... | document",
                "name. | name",
            })
    void name_isThatOfAFileOnEverySystem(String name, String safe) {
        assertThat(OriginalResponse.safeName(name)).isEqualTo(safe);
    }

    @Test
    void name_withCharactersThatNobodySees_showsThem() {
        assertThat(OriginalResponse.safeName("invoice\u202Efdp.exe")).isEqualTo("invoice_fdp.exe");
        assertThat(OriginalResponse.safeName("a\u200B\uFEFFb\r\nc\u0000.txt")).isEqualTo("a__b__c_.txt");
        assertThat(OriginalResponse.safeName("\uD83D.txt")).isEqualTo("_.txt");
        assertThat(OriginalResponse.safeName("\uD83D\uDE00.txt")).isEqualTo("\uD83D\uDE00.txt");
        assertThat(OriginalResponse.safeName("x".repeat(400) + ".pdf"))
                .hasSize(150)
                .endsWith("x.pdf");
        ResponseEntity<Resource> original = respond("a\"; filename=b.html\r\nX: y", "text/html");
        assertThat(original.getHeaders().getFirst("Content-Disposition"))
                .doesNotContain("\r", "\n")
                .contains("; filename=\"a_; filename=b.html__X_ y\"; ")
                .contains("filename*=UTF-8''a_%3B%20filename%3Db.html__X_%20y");
    }

    private ResponseEntity<Resource> respond(String name, String type) {
        return OriginalResponse.of(new OriginalFile(Path.of("x"), name, type, 1, "hash"), response);
    }

    private void assertSandbox() {
        assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.getHeader("Content-Security-Policy"))
                .isEqualTo(
                        "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
                                + " frame-ancestors 'none'");
    }
}
