package dev.lectern.http.tls;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;

/** The first message of a client that speaks SSL 3.0, TLS 1.0 or TLS 1.1 at most. */
final class FormerProtocolGreeting {
    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;
    private static final int CLIENT_HELLO = 1;
    private static final int[] SUITES = {0xc009, 0xc00a, 0xc013, 0xc014, 0x002f, 0x0035};

    private FormerProtocolGreeting() {}

    /**
     * Sends it and reads the type of the answer.
     *
     * @param minorVersion 0 for SSL 3.0, 1 for TLS 1.0, 2 for TLS 1.1
     * @return {@code alert}, or {@code handshake} when the server agrees
     */
    static String send(int port, int minorVersion) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            byte[] hello = hello(minorVersion);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeByte(HANDSHAKE);
            out.writeShort(0x0300 | minorVersion);
            out.writeShort(hello.length);
            out.write(hello);
            out.flush();
            int type = new DataInputStream(socket.getInputStream()).readUnsignedByte();
            return switch (type) {
                case ALERT -> "alert";
                case HANDSHAKE -> "handshake";
                default -> "record " + type;
            };
        }
    }

    private static byte[] hello(int minorVersion) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeShort(0x0300 | minorVersion);
        byte[] random = new byte[32];
        new Random(1).nextBytes(random);
        out.write(random);
        out.writeByte(0);
        out.writeShort(SUITES.length * 2);
        for (int suite : SUITES) {
            out.writeShort(suite);
        }
        out.writeByte(1);
        out.writeByte(0);
        byte[] rest = body.toByteArray();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream framed = new DataOutputStream(message);
        framed.writeByte(CLIENT_HELLO);
        framed.writeByte(0);
        framed.writeShort(rest.length);
        framed.write(rest);
        return message.toByteArray();
    }
}
