package dev.lectern.storage;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Speaks as much of PostgreSQL's protocol as a server needs to be unusable. */
final class FakePostgresServer implements AutoCloseable {
    private static final int TLS_REQUEST = 80877103;

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final Behaviour behaviour;

    /** What it says to whoever has introduced himself. */
    interface Behaviour {
        void greet(Messages out) throws IOException;
    }

    FakePostgresServer(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        Thread.ofVirtual().start(this::serve);
    }

    /** Refuses with an error of this SQL state. */
    static FakePostgresServer refusing(String state, String text) throws IOException {
        return new FakePostgresServer(out -> out.message('E', "SFATAL\0VFATAL\0C" + state + "\0M" + text + "\0\0"));
    }

    /** Lets everybody in and says this version. */
    static FakePostgresServer ofVersion(String version) throws IOException {
        return new FakePostgresServer(out -> {
            out.message('R', "\0\0\0\0");
            out.message('S', "server_version\0" + version + "\0");
            out.message('S', "client_encoding\0UTF8\0");
            out.message('S', "server_encoding\0UTF8\0");
            out.message('S', "integer_datetimes\0on\0");
            out.message('S', "standard_conforming_strings\0on\0");
            out.message('S', "DateStyle\0ISO\0");
            out.message('S', "TimeZone\0UTC\0");
            out.message('K', "\0\0\0\1\0\0\0\1");
            out.message('Z', "I");
        });
    }

    String url() {
        return "postgresql://anna:hunter@127.0.0.1:" + server.getLocalPort() + "/lectern";
    }

    private void serve() {
        try {
            while (true) {
                try (Socket socket = server.accept()) {
                    talk(new DataInputStream(socket.getInputStream()), new DataOutputStream(socket.getOutputStream()));
                }
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void talk(DataInputStream in, DataOutputStream out) throws IOException {
        int length = in.readInt();
        int code = in.readInt();
        if (code == TLS_REQUEST) {
            out.write('N');
            out.flush();
            length = in.readInt();
            in.readInt();
        }
        in.readNBytes(length - 8);
        Messages messages = new Messages(out);
        behaviour.greet(messages);
        out.flush();
        for (int kind = in.read(); kind >= 0 && kind != 'X'; kind = in.read()) {
            in.readNBytes(in.readInt() - 4);
            if (kind == 'Q') {
                messages.message('C', "SET\0");
                messages.message('Z', "I");
                out.flush();
            }
        }
    }

    /** Writes messages with their lengths. */
    static final class Messages {
        private final DataOutputStream out;

        Messages(DataOutputStream out) {
            this.out = out;
        }

        void message(char kind, String body) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(body.getBytes(StandardCharsets.ISO_8859_1));
            out.writeByte(kind);
            out.writeInt(bytes.size() + 4);
            bytes.writeTo(out);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
