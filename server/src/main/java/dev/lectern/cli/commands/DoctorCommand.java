package dev.lectern.cli.commands;

import dev.lectern.cli.doctor.DiagnosticCheck;
import dev.lectern.cli.doctor.DiagnosticChecks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code doctor}: checks configuration, connections and permissions without starting the server. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks the configuration, its connections and its permissions, without starting the server.")
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Option(
            names = "--online",
            description =
                    "Also call each configured chat model and embedder of a service once, which costs a few tokens, and read"
                            + " the discovery document of the identity provider.")
    private boolean online;

    @Override
    public Integer call() {
        Terminal terminal = Terminal.ofProcess();
        List<DiagnosticCheck> checks = new ArrayList<>(DiagnosticChecks.of(System.getenv(), data.folder()));
        if (online) {
            checks.addAll(DiagnosticChecks.online(System.getenv()));
        }
        List<DiagnosticCheck.Finding> findings =
                checks.stream().flatMap(check -> check.run().stream()).toList();
        Optional<Path> last = data.locator().last().read();
        if (Files.notExists(data.folder()) && last.isPresent()) {
            System.err.println("The last server used the data folder " + last.get()
                    + ". To check it, run lectern doctor --data " + last.get());
        }
        findings.forEach(finding -> System.out.println(switch (finding.state()) {
                    case PASSED -> terminal.good("ok     ");
                    case WARNING -> terminal.warning("warning");
                    case FAILED -> terminal.bad("failed ");
                }
                + " " + finding.sentence()));
        long failed = findings.stream()
                .filter(finding -> finding.state() == DiagnosticCheck.State.FAILED)
                .count();
        System.out.println(
                failed == 0 ? "All checks passed." : failed + (failed == 1 ? " check failed." : " checks failed."));
        return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
