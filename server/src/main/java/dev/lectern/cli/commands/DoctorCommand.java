package dev.lectern.cli.commands;

import dev.lectern.cli.doctor.DiagnosticCheck;
import dev.lectern.cli.doctor.DiagnosticChecks;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at configuration, connections and permissions, and starts nothing. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks the configuration, its connections and its permissions, without starting the server.")
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() {
        Terminal terminal = Terminal.ofProcess();
        List<DiagnosticCheck.Finding> findings = DiagnosticChecks.of(System.getenv(), data.folder()).stream()
                .flatMap(check -> check.look().stream())
                .toList();
        findings.forEach(finding -> System.out.println(switch (finding.state()) {
                    case GOOD -> terminal.good("ok     ");
                    case WARNING -> terminal.warning("warning");
                    case BAD -> terminal.bad("wrong  ");
                }
                + " " + finding.sentence()));
        long bad = findings.stream()
                .filter(finding -> finding.state() == DiagnosticCheck.State.BAD)
                .count();
        System.out.println(bad == 0 ? "Everything that was checked is in order." : bad + " to be put right.");
        return bad == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
