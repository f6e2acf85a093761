package dev.lectern.ingestion.parsing;

import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Set;

/** Blocks network access of the parser process, whatever a document makes a library fetch. */
final class NetworkBlocker {
    private static final Set<String> BLOCKED = Set.of("http", "https", "ftp", "mailto");

    private NetworkBlocker() {}

    static void install() {
        URL.setURLStreamHandlerFactory(protocol -> BLOCKED.contains(protocol) ? new BlockedHandler() : null);
        for (String access : new String[] {"DTD", "Schema", "Stylesheet"}) {
            System.setProperty("javax.xml.accessExternal" + access, "");
        }
    }

    private static final class BlockedHandler extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL address) throws IOException {
            throw new IOException("Documents must not open network connections");
        }
    }
}
