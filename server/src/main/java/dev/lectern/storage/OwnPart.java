package dev.lectern.storage;

/** Something that a node may keep where no other finds it. Two nodes can share a database only if neither does so. */
public interface OwnPart {

    /** Such as {@code the index}, with the settings that move it to where all nodes find it in brackets. */
    String name();

    /** Whether it is kept in this node's data folder. */
    boolean isOwn();
}
