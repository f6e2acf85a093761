/** What tests add to the application and scanning must not find. */
@NullMarked
package dev.lecterntest;

import org.jspecify.annotations.NullMarked;
