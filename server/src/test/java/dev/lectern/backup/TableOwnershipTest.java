package dev.lectern.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.LecternApplication;
import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.SnapshotTable;
import dev.lectern.backup.spi.TransientTable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Only the module that owns a table names it in SQL; the others ask the owner's door. The owner is the {@link SnapshotSource} that lists the table, the SQL
 * is taken from the constants of the compiled classes.
 */
class TableOwnershipTest {
    private static final String ROOT = "dev/lectern/";

    /** A table after a keyword, or after a comma in a list of tables. */
    private static final Pattern TABLE = Pattern.compile(
            "\\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\\s+([a-z_]+)(?:\\s+[a-z]\\w*)?(?:\\s*,\\s*([a-z_]+)(?:\\s+[a-z]\\w*)?)?");

    private final Map<String, String> owners = owners();

    @Test
    void everyStatement_namesTablesOfItsOwnModule() throws Exception {
        Path classes = Path.of(LecternApplication.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        TreeSet<String> foreign = new TreeSet<>();
        TreeSet<String> named = new TreeSet<>();
        for (Path file : classFiles(classes.resolve(ROOT))) {
            String path = classes.resolve(ROOT).relativize(file).toString().replace('\\', '/');
            String module = path.contains("/") ? path.substring(0, path.indexOf('/')) : "";
            for (String table : tables(Files.readAllBytes(file))) {
                named.add(table);
                if (!module.equals(owners.get(table))) {
                    foreign.add(path + " names the table " + table + " of " + owners.get(table));
                }
            }
        }
        assertThat(foreign).isEmpty();
        assertThat(named).containsAll(owners.keySet());
    }

    @Test
    void aForeignTable_isCaught() throws Exception {
        assertThat(new Planted("1").sql()).startsWith("SELECT");
        assertThat(tables(bytes(Planted.class))).containsExactly("feedback", "message");
        assertThat(owners).containsEntry("message", "conversations").containsEntry("node", "storage");
    }

    /** What this test looks for. */
    private record Planted(String id) {
        String sql() {
            return "SELECT m.id FROM message m, feedback f WHERE m.id = '" + id + "'";
        }
    }

    private Set<String> tables(byte[] classFile) {
        Set<String> tables = new TreeSet<>();
        for (String constant : constants(classFile)) {
            Matcher matcher = TABLE.matcher(constant);
            while (matcher.find()) {
                Stream.of(1, 2)
                        .map(matcher::group)
                        .filter(Objects::nonNull)
                        .filter(owners::containsKey)
                        .forEach(tables::add);
            }
        }
        return tables;
    }

    private static List<String> constants(byte[] classFile) {
        return StreamSupport.stream(
                        ClassFile.of().parse(classFile).constantPool().spliterator(), false)
                .filter(StringEntry.class::isInstance)
                .map(entry -> ((StringEntry) entry).stringValue())
                .toList();
    }

    private static List<Path> classFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        String name = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }

    private static Map<String, String> owners() {
        Map<String, String> owners = new HashMap<>();
        for (SnapshotSource source : AllSnapshotSources.LIST) {
            source.tables().stream().map(SnapshotTable::name).forEach(table -> owners.put(table, source.name()));
            source.transientTables().stream()
                    .map(TransientTable::name)
                    .forEach(table -> owners.put(table, source.name()));
        }
        return owners;
    }
}
