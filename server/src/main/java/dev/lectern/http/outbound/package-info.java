/**
 * Fetches addresses that people give, without reaching what only this server can reach. No module uses it yet: websites as sources, webhooks and identity
 * providers will.
 */
@NullMarked
@NamedInterface("outbound")
package dev.lectern.http.outbound;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
