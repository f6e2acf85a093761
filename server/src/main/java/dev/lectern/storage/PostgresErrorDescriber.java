package dev.lectern.storage;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;

/** Describes why a PostgreSQL server cannot be used: the cause and what to do, without secrets. */
final class PostgresErrorDescriber {
    private PostgresErrorDescriber() {}

    static String describe(SQLException failure, PostgresAddress address) {
        String state = Objects.requireNonNullElse(failure.getSQLState(), "");
        if (state.equals("3D000")) {
            return "There is no database " + address.database() + " at " + address + ". Create it: CREATE DATABASE "
                    + address.database() + " ENCODING 'UTF8'.";
        }
        if (state.startsWith("28")) {
            return "PostgreSQL at " + address + " rejects the user " + address.user()
                    + ". Check user and password in LECTERN_DATABASE_URL or LECTERN_DATABASE_PASSWORD, and the server's pg_hba.conf.";
        }
        if (state.equals("53300")) {
            return "PostgreSQL at " + address
                    + " has no free connection. Raise its max_connections, or lower LECTERN_DATABASE_CONNECTIONS of every node.";
        }
        if (state.equals("57P03")) {
            return "PostgreSQL at " + address + " is starting or shutting down. Try again in a moment.";
        }
        if (state.equals("42501")) {
            return "The user " + address.user() + " lacks a permission in " + address
                    + ". Make it the owner of the database, or grant it CREATE on the schema.";
        }
        if (isCausedBy(failure, UnknownHostException.class)) {
            return "The host of PostgreSQL at " + address + " cannot be resolved. Check LECTERN_DATABASE_URL.";
        }
        if (isCausedBy(failure, SSLException.class)) {
            return "PostgreSQL at " + address
                    + " and Lectern could not negotiate TLS. Check sslmode and sslrootcert in LECTERN_DATABASE_URL.";
        }
        if (!state.startsWith("08") && !state.isEmpty()) {
            return "PostgreSQL at " + address + " returned an error: " + serverMessage(failure) + " (SQL state " + state
                    + ").";
        }
        return "PostgreSQL at " + address
                + " cannot be reached. Check that it is running, LECTERN_DATABASE_URL, the firewall and pg_hba.conf.";
    }

    /** The message of the server, which contains no password. */
    private static String serverMessage(SQLException failure) {
        if (failure instanceof PSQLException known && known.getServerErrorMessage() != null) {
            return Objects.requireNonNullElse(known.getServerErrorMessage().getMessage(), "");
        }
        return "no message";
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
