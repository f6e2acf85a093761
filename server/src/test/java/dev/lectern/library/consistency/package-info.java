/** Searches while an index is incomplete. */
@NullMarked
@NamedInterface("consistency")
package dev.lectern.library.consistency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
