/** Addresses of clients behind proxies. */
@NullMarked
package dev.lectern.http.proxy;

import org.jspecify.annotations.NullMarked;
