/**
 * Tests of node admission and leases, and a node for the tests of other modules.
 */
@NullMarked
package dev.lectern.storage.nodes;

import org.jspecify.annotations.NullMarked;
