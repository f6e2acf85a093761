package dev.lectern.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import tools.jackson.databind.json.JsonMapper;

/** Clients in Java and TypeScript that OpenAPI Generator makes from the description of the API, as docs/api/quick-starts.md says. */
final class GeneratedClients {
    /** Put there by the build. It runs in a process of its own, since it has other versions of libraries of the server in it. */
    private static final Path GENERATOR = Path.of("target", "openapi-generator", "openapi-generator-cli.jar");

    private static final Path DESCRIPTION =
            Path.of("src", "main", "resources", "META-INF", "resources", "openapi.json");
    private static final String SWITCHED_OFF = "false";

    private final Path folder;

    /** @param folder gets {@code java-client} and {@code typescript-client} */
    GeneratedClients(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** The command that generates both clients. */
    List<String> generation() throws IOException {
        assertThat(GENERATOR)
                .as("copied by the build: mvn -pl server process-test-resources")
                .exists();
        Path java = configuration(
                "java",
                Map.of(
                        "useSpringBoot4",
                        "true",
                        "useJackson3",
                        "true",
                        "useJakartaEe",
                        "true",
                        "openApiNullable",
                        SWITCHED_OFF),
                Map.of("library", "restclient"));
        Path typeScript = configuration("typescript-fetch", Map.of("importFileExtension", ".js"), Map.of());
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It runs for seconds, in which the second compiler would cost more than it saves.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                GENERATOR.toAbsolutePath().toString(),
                "batch",
                "--fail-fast",
                java.toString(),
                typeScript.toString());
    }

    private Path configuration(String generator, Map<String, String> properties, Map<String, String> more)
            throws IOException {
        Map<String, Object> configuration = new HashMap<>(more);
        configuration.put("generatorName", generator);
        configuration.put("inputSpec", DESCRIPTION.toAbsolutePath().toString());
        configuration.put(
                "outputDir",
                folder.resolve(generator.replace("-fetch", "") + "-client").toString());
        configuration.put("additionalProperties", properties);
        configuration.put(
                "globalProperties",
                Map.of(
                        "models",
                        "",
                        "apis",
                        "",
                        "supportingFiles",
                        "",
                        "apiTests",
                        SWITCHED_OFF,
                        "modelTests",
                        SWITCHED_OFF,
                        "apiDocs",
                        SWITCHED_OFF,
                        "modelDocs",
                        SWITCHED_OFF));
        Path file = folder.resolve(generator + ".json");
        Files.writeString(file, JsonMapper.shared().writeValueAsString(configuration));
        return file;
    }

    /**
     * Compiles the client in Java with a program that uses it.
     *
     * @return the folder of the classes
     */
    Path compileJava(Path program) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(folder.resolve(Path.of("java-client", "src", "main", "java")))) {
            List<Path> all = Stream.concat(
                            sources.filter(file -> file.toString().endsWith(".java")), Stream.of(program))
                    .toList();
            List<String> options = List.of(
                    "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(all))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
        return classes;
    }

    /**
     * The command that checks the types of the client in TypeScript with a program that uses it, and writes JavaScript to {@code out}.
     *
     * @param web the folder of the page, whose compiler and types are used
     * @param program a file beside the client
     */
    List<String> typeScriptCompilation(Path web, Path program) throws IOException {
        Path modules = web.toAbsolutePath().normalize().resolve("node_modules");
        Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}");
        Path configuration = folder.resolve("tsconfig.json");
        Map<String, Object> options = Map.of(
                "target",
                "ES2022",
                "module",
                "NodeNext",
                "strict",
                true,
                "lib",
                List.of("ES2022", "DOM", "DOM.Iterable"),
                "types",
                List.of("node"),
                "typeRoots",
                List.of(modules.resolve("@types").toString()),
                "outDir",
                "out");
        Files.writeString(
                configuration,
                JsonMapper.shared()
                        .writeValueAsString(Map.of(
                                "compilerOptions",
                                options,
                                "files",
                                List.of(program.getFileName().toString()))));
        return List.of(modules.resolve(Path.of(".bin", "tsc")).toString(), "-p", configuration.toString());
    }
}
