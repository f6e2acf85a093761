package dev.lectern.storage;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param data the folder of all local state
 */
@ConfigurationProperties("lectern")
record StorageProperties(@DefaultValue("lectern-data") Path data) {}
