package dev.lectern.index.qdrant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.shared.LecternException;
import io.grpc.Status;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QdrantExceptionTranslatorTest {
    private final QdrantExceptionTranslator translator =
            new QdrantExceptionTranslator(QdrantAddress.of("http://qdrant.internal:6333"));

    @ParameterizedTest
    @EnumSource(value = Status.Code.class, names = "OK", mode = EnumSource.Mode.EXCLUDE)
    void clientMessage_ofEachStatus_namesNeitherAddressNorSetting(Status.Code code) {
        assertSafe(translator.of(code.toStatus().asRuntimeException()));
    }

    @Test
    void clientMessage_ofAnUntrustedCertificate_namesNeitherAddressNorSetting() {
        LecternException failure = translator.of(Status.UNAVAILABLE
                .withCause(new SSLException("unknown authority"))
                .asRuntimeException());
        assertThat(failure).hasMessageContaining("LECTERN_INDEX_QDRANT_CERTIFICATES");
        assertSafe(failure);
    }

    private static void assertSafe(LecternException failure) {
        assertThat(failure.clientMessage())
                .doesNotContain("LECTERN_", "internal")
                .endsWith(".");
        assertThat(Objects.requireNonNull(failure.getMessage())).isNotEmpty();
    }
}
