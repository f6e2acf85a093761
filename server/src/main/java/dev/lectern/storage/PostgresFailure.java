package dev.lectern.storage;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;

/** Why a server cannot be used, in one sentence without secrets that says what to do. */
final class PostgresFailure {
    private PostgresFailure() {}

    static String sentence(SQLException failure, DatabaseAddress address) {
        String state = Objects.requireNonNullElse(failure.getSQLState(), "");
        if (state.equals("3D000")) {
            return "There is no database " + address.database() + " at " + address + ". Create it: CREATE DATABASE "
                    + address.database() + " ENCODING 'UTF8'.";
        }
        if (state.startsWith("28")) {
            return "PostgreSQL at " + address + " does not let the user " + address.user()
                    + " in. Check user and password in LECTERN_DATABASE_URL or LECTERN_DATABASE_PASSWORD, and the server's pg_hba.conf.";
        }
        if (state.equals("53300")) {
            return "PostgreSQL at " + address
                    + " has no free connection. Raise its max_connections, or lower LECTERN_DATABASE_CONNECTIONS of every node.";
        }
        if (state.equals("57P03")) {
            return "PostgreSQL at " + address + " is still starting or already stopping. Try again in a moment.";
        }
        if (state.equals("42501")) {
            return "The user " + address.user() + " may not do in " + address
                    + " what is needed. Make it the owner of the database, or grant it CREATE on the schema.";
        }
        if (has(failure, UnknownHostException.class)) {
            return "The host of PostgreSQL at " + address + " is not known. Check LECTERN_DATABASE_URL.";
        }
        if (has(failure, SSLException.class)) {
            return "PostgreSQL at " + address
                    + " and Lectern do not agree on TLS. Check sslmode and sslrootcert in LECTERN_DATABASE_URL.";
        }
        if (!state.startsWith("08") && !state.isEmpty()) {
            return "PostgreSQL at " + address + " refuses what is needed: " + said(failure) + " (SQL state " + state
                    + ").";
        }
        return "PostgreSQL at " + address
                + " cannot be reached. Check that it runs, LECTERN_DATABASE_URL, and the way to it (firewall, pg_hba.conf).";
    }

    /** The server's own words; it knows no password. */
    private static String said(SQLException failure) {
        if (failure instanceof PSQLException known && known.getServerErrorMessage() != null) {
            return Objects.requireNonNullElse(known.getServerErrorMessage().getMessage(), "");
        }
        return "it does not say why";
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
