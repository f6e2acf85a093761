/** Who may do what with which collection, as people have set it, in the memory of each node. */
@NullMarked
package dev.lectern.security.access;

import org.jspecify.annotations.NullMarked;
