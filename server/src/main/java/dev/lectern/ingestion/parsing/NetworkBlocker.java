package dev.lectern.ingestion.parsing;

import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Set;

/** Takes the network away from everything that opens addresses, whatever a document asks a library to fetch. */
final class NetworkBlocker {
    private static final Set<String> REFUSED = Set.of("http", "https", "ftp", "mailto");

    private NetworkBlocker() {}

    static void install() {
        URL.setURLStreamHandlerFactory(protocol -> REFUSED.contains(protocol) ? new Refusing() : null);
        for (String access : new String[] {"DTD", "Schema", "Stylesheet"}) {
            System.setProperty("javax.xml.accessExternal" + access, "");
        }
    }

    private static final class Refusing extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL address) throws IOException {
            throw new IOException("Documents may not fetch anything");
        }
    }
}
