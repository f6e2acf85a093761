package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.SourceConnector.Item;
import dev.lectern.library.FileIdentity;
import dev.lectern.library.update.RecordedLocation;

/** What the attributes of an item say about a change since it was recorded. */
enum ItemChange {
    /** Nothing has changed. */
    NONE,
    /** The bytes are the same; the attributes are more than what was recorded, or the disk has another number. */
    ATTRIBUTES,
    /** The bytes may be others. */
    CONTENT;

    /** What was not recorded, as by an earlier version, or is not known now, counts as equal. */
    static ItemChange of(Item item, RecordedLocation before) {
        boolean sameTimes = item.bytes() == before.bytes()
                && item.modifiedAt() == before.modifiedAt()
                && (item.changedAt() == before.changedAt() || item.changedAt() == 0 || before.changedAt() == 0);
        if (!sameTimes || isOtherFile(item, before)) {
            return CONTENT;
        }
        FileIdentity now = item.identity();
        FileIdentity then = before.identity();
        boolean recorded = item.changedAt() == before.changedAt() && (now == null || now.equals(then));
        return recorded ? NONE : ATTRIBUTES;
    }

    /** Whether an item is another file than the one that was recorded at its path. */
    static boolean isOtherFile(Item item, RecordedLocation before) {
        return item.identity() != null && before.identity() != null && !isSame(item.identity(), before.identity());
    }

    /** The number of a disk is another one after each mount on many systems, so it says nothing about a file whose other numbers and times agree. */
    private static boolean isSame(FileIdentity one, FileIdentity other) {
        return one.inode() == other.inode()
                && (one.bornAt() == other.bornAt() || one.bornAt() == 0 || other.bornAt() == 0);
    }
}
