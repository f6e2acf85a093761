/**
 * HTTPS: certificates and keys from files, their replacement while the server runs, and what plain HTTP is answered beside it.
 */
@NullMarked
package dev.lectern.http.tls;

import org.jspecify.annotations.NullMarked;
