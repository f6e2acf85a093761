package dev.lectern.storage;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param data Folder for all local state. It is created if it does not exist, and only one process can use it.
 */
@ConfigurationProperties("lectern")
record StorageProperties(@DefaultValue("lectern-data") Path data) {}
