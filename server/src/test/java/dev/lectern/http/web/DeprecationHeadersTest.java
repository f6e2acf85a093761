package dev.lectern.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.http.DeprecatedOperation;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class DeprecationHeadersTest {
    @RestController
    static class Operations {
        @DeprecatedOperation(since = "2026-11-26", sunset = "2027-11-26")
        @GetMapping("/old")
        String old() {
            return "old";
        }

        @GetMapping("/new")
        String present() {
            return "new";
        }
    }

    @Test
    void deprecatedOperation_saysSinceWhenAndUntilWhen() throws Exception {
        MockHttpServletResponse response = call("/old");
        assertThat(response.getContentAsString()).isEqualTo("old");
        assertThat(response.getHeader("Deprecation")).isEqualTo("@1795651200");
        assertThat(response.getHeader("Sunset")).isEqualTo("Fri, 26 Nov 2027 00:00:00 GMT");
        assertThat(response.getHeader("Link")).contains("rel=\"deprecation\"");
    }

    @Test
    void otherOperations_haveNoSuchHeaders() throws Exception {
        assertThat(call("/new").getHeaderNames()).doesNotContain("Deprecation", "Sunset", "Link");
    }

    private static MockHttpServletResponse call(String path) throws Exception {
        return MockMvcBuilders.standaloneSetup(new Operations())
                .addInterceptors(new DeprecationHeaders())
                .build()
                .perform(MockMvcRequestBuilders.get(path))
                .andReturn()
                .getResponse();
    }
}
