package dev.lectern.library;

/**
 * What makes a file the same file under any name, as its file system says: it survives edits in place, renames and moves within a file system, and is shared
 * by hard links. A number of a deleted file is given to a new one, so the time of birth is part of it.
 *
 * @param device number of the file system at present; another one after a mount
 * @param inode number within the file system
 * @param bornAt epoch milliseconds; 0 when the file system does not say
 */
public record FileIdentity(long device, long inode, long bornAt) {}
