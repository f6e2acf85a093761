/** The health check of the disks, with free space that the test decides. */
@NullMarked
package dev.lectern.storage.health;

import org.jspecify.annotations.NullMarked;
