/** Tests of what every module uses. Nothing here needs a server. */
@NullMarked
package dev.lectern.shared;

import org.jspecify.annotations.NullMarked;
