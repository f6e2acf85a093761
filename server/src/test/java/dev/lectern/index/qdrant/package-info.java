/**
 * Tests of the index in Qdrant: the contract kit against a strict server of Qdrant's own service definitions, and against a running Qdrant when QDRANT_URL
 * says where. The server proves the protocol and not the ranking.
 */
@NullMarked
package dev.lectern.index.qdrant;

import org.jspecify.annotations.NullMarked;
