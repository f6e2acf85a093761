package dev.lectern.cli.doctor;

import dev.lectern.shared.ListenFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks that the ports are free.
 *
 * @param ports each port with the variable that sets it, in the order of the output
 */
record PortCheck(String host, Map<String, Integer> ports, Path dataFolder) implements DiagnosticCheck {

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        ports.forEach((variable, port) -> findings.add(check(variable, port)));
        return findings;
    }

    private Finding check(String variable, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return Finding.passed("Port " + port + " of " + host + " is free.");
        } catch (IOException failure) {
            if (Files.exists(dataFolder.resolve("server"))) {
                return Finding.passed("Port " + port + " is in use by the server of this data folder.");
            }
            return Finding.failed(
                    ListenFailure.isCauseOf(failure)
                            ? ListenFailure.describe(failure, port, variable)
                            : "LECTERN_HOST=" + host + " cannot be used: " + failure.getMessage()
                                    + ". Set it to an address of this machine.");
        }
    }
}
