package dev.lectern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.cli.client.ArgumentPath;
import dev.lectern.shared.FolderPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RawArgumentsTest {

    @Test
    void restore_ofLostCharacters_takesThemFromTheCommandLine() {
        byte[] commandLine = "java\0-jar\0x.jar\0ask\0\u00c3\u009cbersicht caf\u00e9?\0--limit\0"
                .getBytes(StandardCharsets.ISO_8859_1);
        String[] restored = RawArguments.restore(commandLine, "ask", "\uFFFD\uFFFDbersicht caf\uFFFD?", "--limit");
        assertThat(restored).containsExactly("ask", "Übersicht caf\uDCE9?", "--limit");
        assertThat(FolderPath.format(ArgumentPath.of(restored[1]))).isEqualTo("Übersicht caf\\xE9?");
    }

    @Test
    void restore_ofAnotherCommandLine_leavesTheArguments() {
        byte[] commandLine = "java\0@options\0".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(RawArguments.restore(commandLine, "ask", "\uFFFD")).containsExactly("ask", "\uFFFD");
        assertThat(RawArguments.restore(commandLine, "\uFFFD", "x", "y")).containsExactly("\uFFFD", "x", "y");
    }

    @Test
    void of_argumentThatLooksEscaped_takesItToTheLetter() {
        assertThat(FolderPath.format(ArgumentPath.of("a\\xE9"))).isEqualTo("a\\x5CxE9");
        assertThat(ArgumentPath.of("plain/b")).isEqualTo(Path.of("plain/b"));
        assertThat(ArgumentPath.of("Ü")).isEqualTo(FolderPath.parse("Ü"));
    }

    @Test
    void main_inLocaleC_namesWhatItWasGiven() throws IOException, InterruptedException {
        Printed printed = runInLocaleC("ingest \"$(printf '/nowhere/\\303\\234\\351.md')\"");
        assertThat(printed.exitCode()).as(printed.text()).isEqualTo(2);
        assertThat(printed.text())
                .contains("lectern: /nowhere/?\\xE9.md cannot be read")
                .doesNotContain("Exception");
    }

    @Test
    void main_withADataFolderThatTheLocaleDoesNotKnow_saysWhatToDo() throws IOException, InterruptedException {
        Printed serve = runInLocaleC("serve --data \"$(printf '/nowhere/\\303\\234')\"");
        assertThat(serve.exitCode()).as(serve.text()).isEqualTo(2);
        assertThat(serve.text())
                .contains("lectern: The data folder /nowhere/? has a name that cannot be used", "Set LC_ALL=C.UTF-8")
                .doesNotContain("Exception");
        Printed doctor = runInLocaleC("doctor");
        assertThat(doctor.text()).contains("Set LC_ALL=C.UTF-8").doesNotContain("Exception");
    }

    private record Printed(int exitCode, String text) {}

    /** Only a shell passes all bytes on in every locale that the tests run in. */
    private static Printed runInLocaleC(String arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "LC_ALL=C exec \"$0\" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp \"$1\" dev.lectern.cli.Main "
                                + arguments,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("java.class.path"))
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return new Printed(process.waitFor(), printed);
    }
}
