package dev.lectern.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServeArgumentParserTest {

    @Test
    void plainLine_isReadWithoutPicocli() {
        assertThat(ServeArgumentParser.parse(List.of("serve"))).isPresent();
        assertThat(ServeArgumentParser.parse(List.of("serve", "a", "--port", "9000", "--data", "b", "c")))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ask x",
                "serve --help",
                "serve --port",
                "serve --port x",
                "serve --port=9000",
                "serve --port 1 --port 2",
                "serve --port 123456",
                "--version"
            })
    void anythingElse_isLeftToPicocli(String line) {
        assertThat(ServeArgumentParser.parse(List.of(line.split(" ", -1)))).isEmpty();
    }
}
