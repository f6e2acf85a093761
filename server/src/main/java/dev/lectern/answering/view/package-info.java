/**
 * Answers in the database and answers for readers: storing, restoring, and converting to JSON and Markdown, without the quotes of deleted documents.
 */
@NullMarked
package dev.lectern.answering.view;

import org.jspecify.annotations.NullMarked;
