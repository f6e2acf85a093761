package dev.lectern.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
    /** The examples of FIPS 180-2. */
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final String OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void hex_ofBytesTextStreamAndFile_isTheSame(@TempDir Path folder) throws IOException {
        byte[] abc = "abc".getBytes(StandardCharsets.UTF_8);
        assertThat(Sha256.hex(abc)).isEqualTo(OF_ABC);
        assertThat(Sha256.hex("abc")).isEqualTo(OF_ABC);
        assertThat(Sha256.hex(new ByteArrayInputStream(abc))).isEqualTo(OF_ABC);
        assertThat(Sha256.hex(Files.write(folder.resolve("abc"), abc))).isEqualTo(OF_ABC);
        assertThat(HexFormat.of().formatHex(Sha256.bytes("abc"))).isEqualTo(OF_ABC);
        assertThat(Sha256.hex("")).isEqualTo(OF_NOTHING);
    }

    @Test
    void update_inParts_hashesTheirConcatenation() {
        byte[] padded = "xbcx".getBytes(StandardCharsets.UTF_8);
        assertThat(new Sha256().update((byte) 'a').update(padded, 1, 2).hex()).isEqualTo(OF_ABC);
    }

    @Test
    void hex_ofText_hashesItsUtf8() {
        assertThat(Sha256.hex("ü")).isEqualTo(Sha256.hex("ü".getBytes(StandardCharsets.UTF_8)));
    }
}
