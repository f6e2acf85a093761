package dev.lectern.ingestion;

import dev.lectern.shared.DocumentId;
import dev.lectern.shared.JobId;

/**
 * One document of a job, claimed by this process.
 *
 * @param attempts that failed before
 */
public record Task(String id, JobId job, DocumentId document, int attempts) {}
