package dev.lectern.ingestion.sources;

/**
 * What is asked of a scan.
 *
 * @param confirmed whether the documents of files that are missing may be deleted, however many they are
 * @param compareContents whether the bytes of all items are read, also of those whose size, times and identity are unchanged
 * @param automatic whether nobody asked for the scan
 */
record ScanRequest(boolean confirmed, boolean compareContents, boolean automatic) {}
