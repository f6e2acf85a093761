package dev.lectern.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing connects to where it was not configured to. The second test shows that the first one would notice. */
@NeedsServer
class NoTelemetryTest {

    @Test
    void embedder_freshProcess_connectsToNobody(@TempDir Path folder) throws Exception {
        assertThat(run("embedder", folder)).contains("done").doesNotContain("connects to");
    }

    @Test
    void library_leftAlone_isCaught(@TempDir Path folder) throws Exception {
        assertThat(run("library", folder)).contains("done").contains("connects to http://169.254.169.254");
    }

    private static String run(String what, Path folder) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ConnectionProbe.class.getName(),
                what,
                folder.toString());
        builder.environment().remove("OPT_OUT_TRACKING");
        builder.environment().remove("DJL_OFFLINE");
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
