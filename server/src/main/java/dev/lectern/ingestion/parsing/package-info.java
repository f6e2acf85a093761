/**
 * Turns files of many formats into text with structure, in a process of its own with limits on memory, time and depth.
 * That process may die, the server may not.
 */
@NullMarked
package dev.lectern.ingestion.parsing;

import org.jspecify.annotations.NullMarked;
