/** XML files, and packages of XML files. */
@NullMarked
package dev.lectern.ingestion.parsing.formats.xml;

import org.jspecify.annotations.NullMarked;
