package dev.lectern.ingestion.sources;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.FolderPath;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CancellationException;
import org.springframework.stereotype.Component;

/** Finds out whether a folder that somebody names can be read. */
@Component
class FolderResolver {
    private final FolderAccess access;
    private final OwnDataFinder ownData;

    FolderResolver(FolderAccess access, OwnDataFinder ownData) {
        this.access = access;
        this.ownData = ownData;
    }

    /**
     * The real path of a folder, without links.
     *
     * @throws LecternException INVALID_REQUEST when it is no folder that the server can read, holds Lectern's own files, or does not answer;
     *     SHUTTING_DOWN
     */
    Path resolve(Path folder) {
        try {
            return access.call(folder, folder, progress -> resolveReadable(folder));
        } catch (NotRespondingException e) {
            throw notResponding(folder, e.since());
        } catch (FolderNotRespondingException e) {
            throw notResponding(folder, e.since());
        } catch (CancellationException e) {
            throw new LecternException(
                    ErrorCode.SHUTTING_DOWN, "The server is stopping. Try again when it has started.", e);
        } catch (NoSuchFileException e) {
            throw LecternException.invalid(
                    "path",
                    "There is no folder " + FolderPath.format(folder)
                            + " on the server's machine. Give the path of an existing folder; in a container, the path"
                            + " within the container.");
        } catch (IOException e) {
            throw LecternException.invalid(
                    "path",
                    "The folder " + FolderPath.format(folder)
                            + " cannot be reached. Check that the user who runs the server may open every folder on the"
                            + " way to it, that no link leads in a circle, and that its drive is mounted.");
        }
    }

    private static LecternException notResponding(Path folder, Instant since) {
        return LecternException.invalid(
                "path",
                "The folder " + FolderPath.format(folder) + " has not answered since "
                        + since.truncatedTo(ChronoUnit.SECONDS)
                        + ". Check the disk or the network share that it is on, then add it again.");
    }

    private Path resolveReadable(Path folder) throws IOException {
        String name = FolderPath.format(folder);
        Path real = folder.toRealPath();
        if (!Files.isDirectory(real)) {
            throw LecternException.invalid(
                    "path", name + " is a file. Give the folder that it is in, or upload the file.");
        }
        if (!Files.isReadable(real) || !Files.isExecutable(real)) {
            throw LecternException.invalid(
                    "path", "The server may not read the folder " + name + ". Give the user who runs it permission.");
        }
        ownData.findObjection(real).ifPresent(reason -> {
            throw LecternException.invalid("path", reason);
        });
        return real;
    }
}
