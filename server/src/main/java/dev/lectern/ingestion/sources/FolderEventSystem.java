package dev.lectern.ingestion.sources;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.springframework.stereotype.Component;

/** The events of folders as the operating system reports them. */
interface FolderEventSystem {

    /** @throws IOException when the system has none left, such as no inotify instance */
    WatchService open() throws IOException;

    /**
     * Has the creation, change and deletion of the entries of a folder reported. For the same folder, by whatever path, the key is the same.
     *
     * @throws IOException when the folder cannot be watched; also when the system watches no more folders
     */
    WatchKey register(WatchService service, Path folder) throws IOException;

    /** The one of the Java platform: inotify on Linux. */
    @Component
    class Platform implements FolderEventSystem {
        @Override
        public WatchService open() throws IOException {
            return FileSystems.getDefault().newWatchService();
        }

        @Override
        public WatchKey register(WatchService service, Path folder) throws IOException {
            return folder.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_DELETE,
                    StandardWatchEventKinds.ENTRY_MODIFY);
        }
    }
}
