/**
 * Tests of the Qdrant index: the contract tests against a fake server of Qdrant's gRPC services, and against a real Qdrant server at QDRANT_URL. The fake
 * verifies the protocol but not the ranking.
 */
@NullMarked
package dev.lectern.index.qdrant;

import org.jspecify.annotations.NullMarked;
