package dev.lectern.index.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.shared.LecternException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QdrantAddressTest {

    @ParameterizedTest
    @CsvSource({
        "http://localhost:6334, localhost, 6334, false",
        "http://localhost, localhost, 6334, false",
        "https://qdrant.example.org:443/, qdrant.example.org, 443, true",
        "HTTPS://10.0.0.7, 10.0.0.7, 6334, true",
        "http://[::1]:7000, [::1], 7000, false"
    })
    void of_address_isRead(String url, String host, int port, boolean tls) {
        assertThat(QdrantAddress.of(url)).isEqualTo(new QdrantAddress(host, port, tls));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:6334",
                "localhost",
                "grpc://localhost:6334",
                "http://",
                "http://a b",
                "http://host:99999",
                "http://host/path",
                "http://host?key=x",
                "http:host",
                "://"
            })
    void of_somethingElse_isRefusedWithAnExample(String url) {
        assertThatThrownBy(() -> QdrantAddress.of(url))
                .isInstanceOf(LecternException.class)
                .hasMessageContaining("LECTERN_QDRANT_URL=http://localhost:6334")
                .message()
                .isNotBlank();
    }

    @Test
    void of_password_isRefusedAndNotShown() {
        assertThatThrownBy(() -> QdrantAddress.of("https://me:hidden@host:6334"))
                .hasMessageContaining("LECTERN_QDRANT_API_KEY")
                .message()
                .doesNotContain("hidden");
    }

    @Test
    void portHint_httpPort_namesTheOther() {
        assertThat(QdrantAddress.of("http://localhost:6333").portHint()).contains("6334");
        assertThat(QdrantAddress.of("http://localhost:6334").portHint()).isEmpty();
    }
}
