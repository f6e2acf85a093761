package dev.lectern.bench;

import dev.lectern.ingestion.parsing.ParseOutcome;
import dev.lectern.ingestion.parsing.ParserPool;
import dev.lectern.ingestion.parsing.ParsingProperties;
import dev.lectern.ingestion.parsing.ocr.OcrProperties;
import dev.lectern.ingestion.passages.ParsedDocument;
import dev.lectern.shared.Deadline;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parses every file below a folder as the server does and prints the result, the time and the peak memory of the parser
 * process: {@code FileParsingBenchmark DIR [--each] [--text DIR2]}. With {@code --each} every file
 * is parsed by a separate process; with {@code --text} the extracted text is written to DIR2.
 */
public final class FileParsingBenchmark {
    private static final Clock CLOCK = Clock.systemUTC();

    private FileParsingBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        List<String> options = List.of(arguments);
        boolean each = options.contains("--each");
        @Nullable Path texts = options.contains("--text") ? Path.of(options.get(options.indexOf("--text") + 1)) : null;
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        long began = System.nanoTime();
        int files = 0;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                ParserPool shared =
                        new ParserPool(ParsingProperties.defaults(), OcrProperties.off(), CLOCK, executor)) {
            for (Path file : files(Path.of(options.getFirst()))) {
                files++;
                if (each) {
                    try (ParserPool own =
                            new ParserPool(ParsingProperties.defaults(), OcrProperties.off(), CLOCK, executor)) {
                        out.println(read(own, file, texts));
                    }
                } else {
                    out.println(read(shared, file, texts));
                }
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        out.printf("%d files in %.1f s, %.1f a second%n", files, seconds, files / seconds);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String read(ParserPool parser, Path file, @Nullable Path texts) throws IOException {
        String name = file.getFileName().toString();
        long began = System.nanoTime();
        ParseOutcome outcome = parser.parse(file, name, Deadline.in(Duration.ofMinutes(5), CLOCK));
        double seconds = (System.nanoTime() - began) / 1e9;
        String what = switch (outcome) {
            case ParseOutcome.Parsed(ParsedDocument document, String mediaType) -> {
                if (texts != null) {
                    Files.createDirectories(texts);
                    Files.writeString(texts.resolve(name + ".txt"), described(document));
                }
                yield "%s, %d characters, %d blocks, \"%s\""
                        .formatted(
                                mediaType,
                                document.text().length(),
                                document.blocks().size(),
                                document.title());
            }
            case ParseOutcome.Rejected rejected -> rejected.code() + ": " + rejected.sentence();
        };
        return "%-70s %6.2f s %5s MB  %s".formatted(name, seconds, peak(), what);
    }

    private static String described(ParsedDocument document) {
        StringBuilder text = new StringBuilder("TITLE " + document.title() + "\n");
        document.blocks()
                .forEach(block -> text.append("[%s %d p%s] ".formatted(block.type(), block.level(), block.page()))
                        .append(block.in(document.text()))
                        .append('\n'));
        return text.toString();
    }

    /** The most that any child took since it was started, where that is known; a child that died has taken its figure along. */
    private static String peak() {
        return ProcessHandle.current()
                .children()
                .map(child -> Path.of("/proc", Long.toString(child.pid()), "status"))
                .map(FileParsingBenchmark::highWater)
                .filter(megabytes -> megabytes > 0)
                .max(Long::compare)
                .map(String::valueOf)
                .orElse("?");
    }

    private static long highWater(Path status) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
