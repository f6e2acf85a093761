package dev.lectern.cli.commands;

import java.net.URI;

/** Links to a server of this machine, which nobody can open elsewhere. */
final class LocalLinks {
    private LocalLinks() {}

    static boolean isLocal(URI link) {
        return String.valueOf(link.getHost()).matches("localhost|127\\.0\\.0\\.1|\\[::1]|\\[0:0:0:0:0:0:0:1]");
    }

    /** What to do for somebody on another machine. */
    static String hint(URI link) {
        return "On another machine, write the address of this server instead of " + link.getScheme() + "://"
                + link.getRawAuthority() + ", or set LECTERN_HTTP_PUBLIC_URL to it for the next links.";
    }
}
