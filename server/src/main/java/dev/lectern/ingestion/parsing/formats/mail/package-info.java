/** Mails with their attachments, mailboxes, contacts and calendars. */
@NullMarked
package dev.lectern.ingestion.parsing.formats.mail;

import org.jspecify.annotations.NullMarked;
