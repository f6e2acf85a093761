/**
 * Finds out who sent a request and under which address: reads forwarding headers of trusted reverse proxies, and reports those of others. Module internals;
 * other packages use {@link dev.lectern.http.ClientAddress}.
 */
@NullMarked
package dev.lectern.http.proxy;

import org.jspecify.annotations.NullMarked;
