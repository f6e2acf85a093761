package dev.lectern.ingestion.parsing;

import java.io.IOException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Starts parser processes, with the same Java and the same classes as the server. */
final class ParserProcessLauncher {
    /** Loads classes from a jar within a jar. */
    private static final String NESTED_LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";

    /** Environment variables that the process gets; none has a key or a password. */
    private static final Set<String> ENVIRONMENT =
            Set.of("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SystemRoot", "TESSDATA_PREFIX");

    private final ParsingProperties properties;
    private final String mainClass;

    ParserProcessLauncher(ParsingProperties properties) {
        this(properties, ParserProcessMain.class.getName());
    }

    ParserProcessLauncher(ParsingProperties properties, String mainClass) {
        this.properties = properties;
        this.mainClass = mainClass;
    }

    /** @param scratch the folder for its temporary files */
    Process start(Path scratch) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(arguments(scratch));
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(ENVIRONMENT);
        // Each arena of glibc's malloc may keep 64 MB to itself.
        environment.put("MALLOC_ARENA_MAX", "2");
        return builder.start();
    }

    List<String> arguments(Path scratch) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        arguments.addAll(List.of(
                "-Xmx" + properties.heap().toMegabytes() + "m",
                "-Xms32m",
                "-Xss2m",
                "-XX:MaxMetaspaceSize=128m",
                "-XX:ReservedCodeCacheSize=48m",
                "-XX:MaxDirectMemorySize=32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + scratch,
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-Dslf4j.internal.verbosity=ERROR",
                "-Dfile.encoding=UTF-8"));
        if (runsFromNestedJar()) {
            arguments.add("-Dloader.main=" + mainClass);
        }
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
        arguments.add(runsFromNestedJar() ? NESTED_LAUNCHER : mainClass);
        return arguments;
    }

    private static boolean runsFromNestedJar() {
        CodeSource source = ParserProcessLauncher.class.getProtectionDomain().getCodeSource();
        return source != null && source.getLocation().toString().startsWith("jar:nested:");
    }
}
