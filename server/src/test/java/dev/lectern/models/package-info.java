/** Tests of the embedders and chat models and of what is wrapped around them. Services are played by hand-written servers. */
@NullMarked
package dev.lectern.models;

import org.jspecify.annotations.NullMarked;
