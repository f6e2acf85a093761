/**
 * Ingestion over HTTP: uploads, sources and jobs. Folders of the machine are named by operators alone.
 */
@NullMarked
package dev.lectern.ingestion.web;

import org.jspecify.annotations.NullMarked;
