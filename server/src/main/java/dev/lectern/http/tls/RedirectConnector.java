package dev.lectern.http.tls;

import dev.lectern.shared.InvalidSettingException;
import dev.lectern.shared.ListenFailure;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Listens for plain HTTP beside HTTPS. If it cannot, the failure names the setting of its own port, not that of HTTPS. */
final class RedirectConnector extends ServerConnector {

    RedirectConnector(Server server, HttpConfiguration configuration) {
        super(server, new HttpConnectionFactory(configuration));
    }

    @Override
    protected ServerSocketChannel openAcceptChannel() throws IOException {
        try {
            return super.openAcceptChannel();
        } catch (IOException failure) {
            if (ListenFailure.isCauseOf(failure)) {
                throw new InvalidSettingException(
                        ListenFailure.describe(failure, getPort(), "LECTERN_TLS_REDIRECT_PORT"), failure);
            }
            throw failure;
        }
    }
}
