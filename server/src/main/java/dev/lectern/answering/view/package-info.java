/**
 * Answers as they are kept, and as they may be shown now: JSON, Markdown, and what is withheld because its document was deleted.
 */
@NullMarked
package dev.lectern.answering.view;

import org.jspecify.annotations.NullMarked;
