package dev.lectern.security;

import java.net.URI;
import java.util.Optional;

/** What the start of the server says to whoever is to become its first administrator. */
public interface AdministratorInvitation {

    /**
     * Whether the server has no administrator and needs one: people sign in, or others than the person at this machine reach it. On the machine itself, in the mode open,
     * that person is administrator already.
     */
    boolean isNeeded();

    /**
     * A new link, instead of former ones. Print it to the console only, and to no log.
     *
     * @param local address of the server on this machine
     * @return empty if somebody has become administrator meanwhile
     */
    Optional<String> createLink(URI local);
}
