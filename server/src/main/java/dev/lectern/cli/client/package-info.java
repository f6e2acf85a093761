/**
 * How commands reach the HTTP API: at the running server of a data folder or at a server embedded in this process. Nothing here prints.
 */
@NullMarked
package dev.lectern.cli.client;

import org.jspecify.annotations.NullMarked;
