package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.shared.LecternException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadPathTest {
    @ParameterizedTest
    @CsvSource({
        "dup.txt, dup.txt",
        "a/dup.txt, a/dup.txt",
        "./a//b/../dup.txt, a/dup.txt",
        "a\\b\\dup.txt, a/b/dup.txt",
        "../../etc/passwd, etc/passwd",
        "/srv/docs/dup.txt, dup.txt",
        "C:\\Users\\me\\a b.pdf, a b.pdf",
        "' a / b.txt ', a/b.txt",
        ".., unnamed",
        "a/.., unnamed",
        "'', unnamed"
    })
    void normalize_namesOfClients_givePathsWithinTheUpload(String name, String path) {
        assertThat(UploadPath.normalize(name)).isEqualTo(path);
    }

    @Test
    void normalize_controlsAndDirections_areRemovedAndTextIsComposed() {
        assertThat(UploadPath.normalize("a\u0000b\n.txt")).isEqualTo("ab.txt");
        assertThat(UploadPath.normalize("exe\u202Efdp.txt")).isEqualTo("exefdp.txt");
        assertThat(UploadPath.normalize("Cafe\u0301.txt")).isEqualTo("Caf\u00E9.txt");
    }

    @Test
    void normalize_tooLong_saysHowLongItMayBe() {
        assertThat(UploadPath.normalize("x".repeat(255))).hasSize(255);
        assertThatThrownBy(() -> UploadPath.normalize("x".repeat(256)))
                .isInstanceOf(LecternException.class)
                .hasMessageContaining("has 256 characters, the maximum is 255");
        assertThatThrownBy(() -> UploadPath.normalize("x/".repeat(501) + "y"))
                .isInstanceOf(LecternException.class)
                .hasMessageContaining("the maximum is 1000");
    }
}
