package dev.lectern.ingestion.sources;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads files of rules. One that is there and cannot be read is a problem, never a failure: the rules that this process read from it last stay in use, so that
 * what they leave out is not taken in because of a wrong permission. Thread-safe.
 */
@Component
class RuleFileReader {
    private static final Logger log = LoggerFactory.getLogger(RuleFileReader.class);

    /** A file with more is no file of rules, and every name of the folder is compared with every rule. */
    static final int MAX_BYTES = 1 << 20;

    /** Files whose rules are remembered, those that were read longest ago are forgotten first. */
    private static final int MAX_REMEMBERED = 10_000;

    private static final float LOAD_FACTOR = 0.75f;
    private static final int MAX_ATTEMPTS = 3;

    private final Map<Path, RuleFile> former = Collections.synchronizedMap(new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, RuleFile> eldest) {
            return size() > MAX_REMEMBERED;
        }
    });

    private record State(@Nullable Object key, long bytes, long modifiedAt) {
        static State of(BasicFileAttributes attributes) {
            return new State(
                    attributes.fileKey(),
                    attributes.size(),
                    attributes.lastModifiedTime().toMillis());
        }
    }

    /**
     * The rules of a file as it is now; without rules and problems when there is no such file.
     *
     * @param calls how the file system is asked
     */
    RuleFile read(Path file, FolderWalker.Calls calls) {
        try {
            return calls.call(file, progress -> read(file));
        } catch (IOException e) {
            return useFormer(file, "does not answer. Check the disk or the network");
        }
    }

    private RuleFile read(Path file) {
        try {
            RuleFile rules = readStable(file);
            return rules == null ? useFormer(file, "is not a file") : rules;
        } catch (NoSuchFileException missing) {
            if (Files.isSymbolicLink(file)) {
                return useFormer(file, "is a link to a file that is not there");
            }
            former.remove(file);
            return RuleFile.EMPTY;
        } catch (AccessDeniedException denied) {
            if (!Files.isExecutable(file.getParent())) {
                // Nothing in the folder can be asked about, which is a finding of its own; perhaps there is no such
                // file.
                return Objects.requireNonNullElse(former.get(file), RuleFile.EMPTY);
            }
            return useFormer(file, "cannot be read. Check its permissions");
        } catch (TooLargeException tooLarge) {
            return useFormer(file, "is larger than " + (MAX_BYTES >> 20) + " MB");
        } catch (IOException e) {
            log.debug("The rules in {} cannot be read", file, e);
            return useFormer(file, "cannot be read. Check the disk");
        }
    }

    /**
     * Reads the file again when it changes meanwhile: half of a rule, such as the begin of a longer pattern, may leave out everything.
     *
     * @return null for a folder or a device
     */
    private @Nullable RuleFile readStable(Path file) throws IOException {
        for (int attempt = 1; ; attempt++) {
            BasicFileAttributes before = Files.readAttributes(file, BasicFileAttributes.class);
            if (!before.isRegularFile()) {
                return null;
            }
            State state = State.of(before);
            byte[] bytes = readBytes(file);
            boolean stable = State.of(Files.readAttributes(file, BasicFileAttributes.class))
                    .equals(state);
            if (stable || attempt == MAX_ATTEMPTS) {
                RuleFile rules = RuleFileParser.parse(bytes);
                former.put(file, rules);
                return rules;
            }
        }
    }

    private static byte[] readBytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new TooLargeException();
            }
            return bytes;
        }
    }

    private RuleFile useFormer(Path file, String problem) {
        RuleFile known = former.get(file);
        List<String> problems = new ArrayList<>();
        problems.add("It " + problem + ". "
                + (known == null
                        ? "Its rules are not applied."
                        : "The rules that were read from it before stay in use."));
        if (known != null) {
            problems.addAll(known.problems());
        }
        return new RuleFile(known == null ? List.of() : known.rules(), List.copyOf(problems));
    }

    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1;
    }
}
