package dev.lectern.backup;

import dev.lectern.backup.MoveProgress.Step;
import dev.lectern.backup.jdbc.Side;
import dev.lectern.backup.jdbc.TablePair;
import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.StateTable;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.UnpooledDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Carries a library from one database to another, while servers use it. Until shortly before the end it may be changed; then changes are refused, and
 * reading goes on. Every step may be killed and the whole begun again: it goes on with what differs.
 */
public final class Move {
    /** Rows that may be left for the time in which nothing can be changed; more are copied before. */
    private static final long FEW = 2_000;

    private static final int ROUNDS = 5;

    private final List<StateTable> tables;
    private final MoveEnds ends;
    private final UnpooledDatabase from;
    private final UnpooledDatabase to;
    private final MoveProgress progress;

    public Move(
            List<SnapshotSource> sources,
            UnpooledDatabase from,
            UnpooledDatabase to,
            IdGenerator ids,
            MoveProgress progress) {
        this.tables =
                sources.stream().flatMap(source -> source.tables().stream()).toList();
        this.ends = new MoveEnds(sources, from, to, ids);
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    /**
     * Carries everything over.
     *
     * @throws LecternException {@code CONFLICT} when one of the databases is not fit for it, {@code DATABASE_UNAVAILABLE} when one fails or both do not
     *     agree at the end; the old one is open for changes again then
     */
    public MoveResult run() {
        try {
            return switch (ends.begin()) {
                case OPEN -> {
                    copy();
                    yield complete();
                }
                case CLOSED -> complete();
                case COMPLETE -> new MoveResult.MovedBefore();
            };
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Opens a database for changes again that was closed by a move, whether that had come to its end or not. */
    public static void undo(List<SnapshotSource> sources, UnpooledDatabase place) {
        try {
            MoveEnds.comeBack(sources, place);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** While it is changed: until a round finds little that is new. */
    private void copy() throws SQLException {
        progress.step(Step.COPYING);
        try (Side old = Side.of(from);
                Side made = Side.of(to)) {
            List<TablePair> pairs = pairs(old, made);
            long differed = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && differed > FEW; round++) {
                differed = 0;
                for (TablePair pair : pairs) {
                    differed += makeAlike(pair);
                }
            }
        }
    }

    /** From here on nothing changes. */
    private MoveResult complete() throws SQLException {
        progress.step(Step.CLOSING);
        ends.close();
        try {
            List<MoveResult.Table> verified = catchUp();
            progress.step(Step.OPENING);
            ends.finish();
            return new MoveResult.Moved(verified);
        } catch (SQLException | RuntimeException e) {
            ends.reopen(e);
            throw e;
        }
    }

    private List<MoveResult.Table> catchUp() throws SQLException {
        try (Side old = Side.of(from);
                Side made = Side.of(to)) {
            List<TablePair> pairs = pairs(old, made);
            progress.step(Step.CATCHING_UP);
            for (TablePair pair : pairs) {
                // A row may have to wait until another one, further on, has gone.
                for (int round = 0; round < ROUNDS && makeAlike(pair) > 0; round++) {
                    progress.rows(pair.name(), 0, 0);
                }
            }
            progress.step(Step.VERIFYING);
            List<MoveResult.Table> verified = new ArrayList<>();
            for (TablePair pair : pairs) {
                verified.add(verify(pair));
            }
            return verified;
        }
    }

    private long makeAlike(TablePair pair) throws SQLException {
        long all = pair.count();
        progress.rows(pair.name(), 0, all);
        long differed = pair.makeAlike(seen -> progress.rows(pair.name(), seen, all));
        progress.rows(pair.name(), all, all);
        return differed;
    }

    private MoveResult.Table verify(TablePair pair) throws SQLException {
        TablePair.Sum first = pair.first();
        TablePair.Sum second = pair.second();
        if (!first.equals(second)) {
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The table " + pair.name() + " is not the same in both databases (" + first.rows() + " rows, "
                            + second.rows() + " in " + to + "), so the library stays where it is and can be"
                            + " changed again. See that nobody else writes there, and run the command again.");
        }
        progress.rows(pair.name(), first.rows(), first.rows());
        return MoveResult.Table.of(pair.name(), first);
    }

    private List<TablePair> pairs(Side old, Side made) throws SQLException {
        List<TablePair> pairs = new ArrayList<>();
        for (StateTable table : tables) {
            pairs.add(new TablePair(old, made, table));
        }
        return pairs;
    }

    private static LecternException failed(SQLException cause) {
        return new LecternException(
                ErrorCode.DATABASE_UNAVAILABLE,
                "One of the two databases failed (SQL state "
                        + Objects.requireNonNullElse(cause.getSQLState(), "unknown")
                        + "). What was copied stays: see that both can be reached, and run the command again.",
                cause);
    }
}
