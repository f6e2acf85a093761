package dev.lectern.index.qdrant;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy that can reset all connections in the middle of a transfer and accepts new ones afterwards. */
final class DisconnectingProxy implements Closeable {
    private final String host;
    private final int port;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private DisconnectingProxy(String host, int port, ServerSocket listening) {
        this.host = host;
        this.port = port;
        this.listening = listening;
    }

    static DisconnectingProxy to(QdrantAddress address) throws IOException {
        DisconnectingProxy proxy = new DisconnectingProxy(
                address.host(), address.port(), new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(proxy::take);
        return proxy;
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** How many connections there were to cut. */
    int cut() {
        Set<Socket> cut = Set.copyOf(open);
        cut.forEach(this::reset);
        return cut.size() / 2;
    }

    private void take() {
        while (!listening.isClosed()) {
            try {
                Socket from = listening.accept();
                Socket to = new Socket(host, port);
                open.add(from);
                open.add(to);
                Thread.ofVirtual().start(() -> carry(from, to));
                Thread.ofVirtual().start(() -> carry(to, from));
            } catch (IOException nobodyBehindThis) {
                cut();
            }
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException cut) {
            open.remove(from);
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
