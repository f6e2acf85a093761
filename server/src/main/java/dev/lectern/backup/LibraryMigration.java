package dev.lectern.backup;

import dev.lectern.backup.LibraryMigrationListener.Step;
import dev.lectern.backup.jdbc.ConnectionPair;
import dev.lectern.backup.jdbc.TableCopier;
import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.SnapshotTable;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.UnpooledDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Migrates a library from one database to another, while servers use it. Shortly before the end the library becomes read-only. Every step can be killed and the
 * migration run again: it continues with the differences.
 */
public final class LibraryMigration {
    /** The library becomes read-only when a copy round finds at most this many differences. */
    private static final long MAX_DIFFERENCES = 2_000;

    private static final int MAX_ROUNDS = 5;

    private final List<SnapshotTable> tables;
    private final DatabaseStateTransitions transitions;
    private final UnpooledDatabase from;
    private final UnpooledDatabase to;
    private final LibraryMigrationListener progress;

    public LibraryMigration(
            List<SnapshotSource> sources,
            UnpooledDatabase from,
            UnpooledDatabase to,
            IdGenerator ids,
            LibraryMigrationListener progress) {
        this.tables =
                sources.stream().flatMap(source -> source.tables().stream()).toList();
        this.transitions = new DatabaseStateTransitions(sources, from, to, ids);
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    /**
     * Runs the migration.
     *
     * @throws LecternException {@code CONFLICT} when one of the databases is unsuitable; {@code DATABASE_UNAVAILABLE} when one fails or both differ at the end,
     *     and the library accepts changes again then
     */
    public LibraryMigrationResult run() {
        try {
            return switch (transitions.begin()) {
                case WRITABLE -> {
                    copy();
                    yield complete();
                }
                case READ_ONLY -> complete();
                case COMPLETE -> new LibraryMigrationResult.MovedBefore();
            };
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Makes a database accept changes again after a migration, complete or not. */
    public static void undo(UnpooledDatabase database) {
        try {
            DatabaseStateTransitions.reopen(database);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Copies while the library is changed, until a round finds few differences. */
    private void copy() throws SQLException {
        progress.step(Step.COPYING);
        try (ConnectionPair source = ConnectionPair.open(from);
                ConnectionPair target = ConnectionPair.open(to)) {
            List<TableCopier> copiers = copiers(source, target);
            long differed = Long.MAX_VALUE;
            for (int round = 0; round < MAX_ROUNDS && differed > MAX_DIFFERENCES; round++) {
                differed = 0;
                for (TableCopier copier : copiers) {
                    differed += copyDifferences(copier);
                }
            }
        }
    }

    /** Copies the last differences while the library is read-only. */
    private LibraryMigrationResult complete() throws SQLException {
        progress.step(Step.CLOSING);
        transitions.markMoved();
        try {
            List<LibraryMigrationResult.Table> verified = catchUp();
            progress.step(Step.OPENING);
            transitions.activate();
            return new LibraryMigrationResult.Moved(verified);
        } catch (SQLException | RuntimeException e) {
            transitions.reopenAfter(e);
            throw e;
        }
    }

    private List<LibraryMigrationResult.Table> catchUp() throws SQLException {
        try (ConnectionPair source = ConnectionPair.open(from);
                ConnectionPair target = ConnectionPair.open(to)) {
            List<TableCopier> copiers = copiers(source, target);
            progress.step(Step.CATCHING_UP);
            for (TableCopier copier : copiers) {
                // A skipped row needs a further round, after the row that it conflicts with has been deleted.
                for (int round = 0; round < MAX_ROUNDS && copyDifferences(copier) > 0; round++) {
                    progress.rows(copier.name(), 0, 0);
                }
            }
            progress.step(Step.VERIFYING);
            List<LibraryMigrationResult.Table> verified = new ArrayList<>();
            for (TableCopier copier : copiers) {
                verified.add(verify(copier));
            }
            return verified;
        }
    }

    private long copyDifferences(TableCopier copier) throws SQLException {
        long all = copier.count();
        progress.rows(copier.name(), 0, all);
        long differed = copier.copyDifferences(seen -> progress.rows(copier.name(), seen, all));
        progress.rows(copier.name(), all, all);
        return differed;
    }

    private LibraryMigrationResult.Table verify(TableCopier copier) throws SQLException {
        TableCopier.Checksum source = copier.sourceChecksum();
        TableCopier.Checksum target = copier.targetChecksum();
        if (!source.equals(target)) {
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The table " + copier.name() + " differs between the databases (" + source.rows() + " rows, "
                            + target.rows() + " in " + to
                            + "). The library stays where it is and accepts changes again."
                            + " Make sure that nothing else writes to the new database, then run the command again.");
        }
        progress.rows(copier.name(), source.rows(), source.rows());
        return LibraryMigrationResult.Table.of(copier.name(), source);
    }

    private List<TableCopier> copiers(ConnectionPair source, ConnectionPair target) throws SQLException {
        List<TableCopier> copiers = new ArrayList<>();
        for (SnapshotTable table : tables) {
            copiers.add(new TableCopier(source, target, table));
        }
        return copiers;
    }

    private static LecternException failed(SQLException cause) {
        return new LecternException(
                ErrorCode.DATABASE_UNAVAILABLE,
                "One of the two databases failed (SQL state "
                        + Objects.requireNonNullElse(cause.getSQLState(), "unknown")
                        + "). Check that both are reachable, then run the command again; it continues where it stopped.",
                cause);
    }
}
