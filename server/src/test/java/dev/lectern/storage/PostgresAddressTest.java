package dev.lectern.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://anna:s3%40cret%2F@db.example.org:5433/lectern?sslmode=require&application_name=mine",
                "postgres://anna:s3%40cret%2F@db.example.org:5433/lectern?sslmode=require&application_name=mine",
                "jdbc:postgresql://db.example.org:5433/lectern?user=anna&password=s3%40cret%2F&sslmode=require&ApplicationName=mine",
            })
    void address_inEveryForm_isTheSame(String url) {
        PostgresAddress address = PostgresAddress.of(properties(url, ""));
        PGSimpleDataSource source = address.dataSource(properties("", ""));
        assertThat(source.getServerNames()).containsExactly("db.example.org");
        assertThat(source.getPortNumbers()).containsExactly(5433);
        assertThat(source.getDatabaseName()).isEqualTo("lectern");
        assertThat(source.getUser()).isEqualTo("anna");
        assertThat(source.getPassword()).isEqualTo("s3@cret/");
        assertThat(source.getSslMode()).isEqualTo("require");
        assertThat(source.getApplicationName()).isEqualTo("mine");
        assertThat(address).hasToString("db.example.org:5433/lectern");
    }

    @Test
    void address_severalHosts_areAllTried() {
        PostgresAddress address = PostgresAddress.of(properties("postgresql://a,[::1]:6000/x", ""));
        assertThat(address.dataSource(properties("", "")).getServerNames()).containsExactly("a", "::1");
        assertThat(address.dataSource(properties("", "")).getPortNumbers()).containsExactly(5432, 6000);
        assertThat(address).hasToString("a:5432,[::1]:6000/x");
    }

    @Test
    void password_ofItsOwn_winsOverTheAddress() {
        PostgresAddress address = PostgresAddress.of(properties("postgresql://anna:old@host/x", "p@ss/w%rd"));
        assertThat(address.dataSource(properties("", "")).getPassword()).isEqualTo("p@ss/w%rd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://anna:hunter@host/x",
                "postgresql://anna:hunter@host",
                "postgresql://anna:hunter@host/",
                "postgresql://anna:hun/ter@host/x",
                "postgresql://anna:hun?ter@host/x",
                "postgresql://anna:hun%ter@host/x",
                "postgresql://anna:hunter@host:port/x",
                "postgresql://host/x?hunter=1",
            })
    void address_thatIsNone_isRefusedWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> PostgresAddress.of(properties(url, "")).dataSource(properties("", "")))
                .isInstanceOfSatisfying(
                        LecternException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageContaining("LECTERN_DATABASE_URL")
                .hasMessageNotContaining("hun")
                .hasNoCause();
    }

    @Test
    void properties_asText_holdNothingSecret() {
        assertThat(properties("postgresql://anna:hunter@host/x", "hunter").toString())
                .doesNotContain("hunter");
    }

    private static DatabaseProperties properties(String url, String password) {
        Duration some = Duration.ofSeconds(30);
        return new DatabaseProperties(url, "", password, 4, 1, some, some, some, some, some, 5);
    }
}
