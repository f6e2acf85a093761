/** People and groups: who they are, in the database. Signing in is beside it. */
@NullMarked
package dev.lectern.security.accounts;

import org.jspecify.annotations.NullMarked;
