package dev.lectern.ingestion.parsing.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.parsing.ParseOutcome;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Outlook packs into {@code winmail.dat} (TNEF), alone and within a mail. */
class OutlookPackageTest {
    private static final ParseLimits LIMITS = new ParseLimits(50_000_000, 2_000_000, 200, 3);
    private static final int TEXT = 1;
    private static final int BYTES = 6;

    @TempDir
    private Path folder;

    @Test
    void read_package_hasTheAttachmentsWithinIt() throws IOException {
        assertThat(read("winmail.dat", winmail()))
                .contains("HEADING2 list.csv", "TABLE_HEADER0 Name | Price", "TABLE_ROW0 Lamp | 12")
                .contains("HEADING2 plan.txt", "PARAGRAPH0 The kiln is fired in May.");
    }

    @Test
    void read_mailWithPackage_hasTheAttachmentsWithinIt() throws IOException {
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        mail.writeBytes(TestFiles.utf8(
                """
                From: Ann <ann@example.org>
                Subject: Lamps
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="x"

                --x
                Content-Type: text/plain

                See the list.
                --x
                Content-Type: application/ms-tnef; name="winmail.dat"
                Content-Disposition: attachment; filename="winmail.dat"
                Content-Transfer-Encoding: base64

                %s
                --x--
                """.formatted(Base64.getMimeEncoder().encodeToString(winmail())).replace("\n", "\r\n")));
        assertThat(read("mail.eml", mail.toByteArray()))
                .contains("PARAGRAPH0 See the list.", "HEADING2 winmail.dat")
                .contains("HEADING4 list.csv", "TABLE_ROW0 Lamp | 12", "PARAGRAPH0 The kiln is fired in May.");
    }

    private List<String> read(String name, byte[] content) throws IOException {
        ParseOutcome outcome = new DocumentReader().read(Files.write(folder.resolve(name), content), name, LIMITS);
        assertThat(outcome).as("%s", outcome).isInstanceOf(ParseOutcome.Parsed.class);
        return ReadingCasesTest.describe((ParseOutcome.Parsed) outcome, List.of(""));
    }

    private static byte[] winmail() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(6)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x223E9F78)
                .putShort((short) 1)
                .array());
        add(out, 1, 0x8004, TEXT, "Lamps\0");
        attach(out, "list.csv", "Name,Price\nLamp,12\n");
        attach(out, "plan.txt", "The kiln is fired in May.\n");
        return out.toByteArray();
    }

    private static void attach(ByteArrayOutputStream out, String name, String content) {
        add(out, 2, 0x9002, BYTES, "\0".repeat(14));
        add(out, 2, 0x8010, TEXT, name + "\0");
        add(out, 2, 0x800F, BYTES, content);
    }

    /** @param level 1 of the mail, 2 of an attachment */
    private static void add(ByteArrayOutputStream out, int level, int id, int type, String data) {
        byte[] bytes = TestFiles.utf8(data);
        int sum = 0;
        for (byte one : bytes) {
            sum += one & 0xFF;
        }
        out.writeBytes(ByteBuffer.allocate(11 + bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) level)
                .putShort((short) id)
                .putShort((short) type)
                .putInt(bytes.length)
                .put(bytes)
                .putShort((short) sum)
                .array());
    }
}
