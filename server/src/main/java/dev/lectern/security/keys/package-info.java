/** Keys of programs: their secrets, scopes, owners and end users. */
@NullMarked
package dev.lectern.security.keys;

import org.jspecify.annotations.NullMarked;
