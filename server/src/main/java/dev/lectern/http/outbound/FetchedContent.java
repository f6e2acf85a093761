package dev.lectern.http.outbound;

import java.net.URI;
import java.util.Optional;

/**
 * What a host answered.
 *
 * @param address the last address, after redirects
 * @param status of the last response, 200 to 599
 * @param contentType of the body, as the host says it; empty when it says none
 * @param body at most as long as the limit; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Large, and read once.
public record FetchedContent(URI address, int status, Optional<String> contentType, byte[] body) {}
