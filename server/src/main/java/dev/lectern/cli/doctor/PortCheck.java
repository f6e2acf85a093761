package dev.lectern.cli.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the port can be listened on. */
record PortCheck(String host, int port, Path dataFolder) implements DiagnosticCheck {

    @Override
    public List<Finding> look() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return List.of(Finding.good("Port " + port + " of " + host + " is free."));
        } catch (IOException used) {
            return List.of(
                    Files.exists(dataFolder.resolve("server"))
                            ? Finding.good("Port " + port + " is in use; a server of this data folder runs.")
                            : Finding.bad("Port " + port + " of " + host
                                    + " cannot be listened on. Choose another with LECTERN_PORT."));
        }
    }
}
