package dev.lectern.http.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host, as {@link InetAddress#getAllByName} does. */
interface NameResolver {
    /** @param host name or literal address; not empty */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
