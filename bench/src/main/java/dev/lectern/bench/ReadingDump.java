package dev.lectern.bench;

import dev.lectern.ingestion.parsing.ParseOutcome;
import dev.lectern.ingestion.parsing.ParserPool;
import dev.lectern.ingestion.parsing.ParsingProperties;
import dev.lectern.ingestion.parsing.ocr.OcrProperties;
import dev.lectern.ingestion.passages.ParsedDocument;
import dev.lectern.library.Block;
import dev.lectern.library.ReadingNotice;
import dev.lectern.shared.Deadline;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads every file below a folder, or those with a part in their paths, as the server does and prints one line of JSON
 * for each: {@code ReadingDump DIR [PART]}. A file that was read has {@code mediaType, title, metadata, notices, blocks}
 * and {@code lines} (the number of them), any other one has {@code rejected} and {@code reason}; both have {@code file},
 * the path within the folder, and {@code seconds}. {@code LECTERN_OCR_COMMAND} recognises scans.
 */
public final class ReadingDump {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReadingDump() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        String part = arguments.length > 1 ? arguments[1] : "";
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> folder.relativize(file).toString().contains(part))
                    .sorted()
                    .toList();
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                ParserPool parser = new ParserPool(ParsingProperties.defaults(), recognition(), CLOCK, executor)) {
            for (Path file : files) {
                out.println(JSON.writeValueAsString(read(parser, folder, file)));
            }
        }
    }

    private static OcrProperties recognition() {
        OcrProperties off = OcrProperties.off();
        String command = System.getenv().getOrDefault("LECTERN_OCR_COMMAND", "");
        return new OcrProperties(command, off.pageTime(), off.maxPages());
    }

    private static Map<String, Object> read(ParserPool parser, Path folder, Path file) throws IOException {
        long began = System.nanoTime();
        ParseOutcome outcome =
                parser.parse(file, file.getFileName().toString(), Deadline.in(Duration.ofMinutes(5), CLOCK));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("file", folder.relativize(file).toString());
        line.put("seconds", Math.round((System.nanoTime() - began) / 1e6) / 1e3);
        switch (outcome) {
            case ParseOutcome.Parsed(ParsedDocument document, String mediaType) -> {
                line.put("mediaType", mediaType);
                line.put("title", document.title());
                line.put("metadata", document.metadata());
                line.put(
                        "notices",
                        document.notices().stream().map(ReadingDump::notice).toList());
                line.put("lines", document.lines().size());
                line.put(
                        "blocks",
                        document.blocks().stream()
                                .map(block -> block(block, document.text()))
                                .toList());
            }
            case ParseOutcome.Rejected rejected -> {
                line.put("rejected", rejected.code().toString());
                line.put("reason", rejected.sentence());
            }
        }
        return line;
    }

    private static Map<String, Object> notice(ReadingNotice notice) {
        return Map.of("kind", notice.kind().toString(), "sentence", notice.sentence());
    }

    private static Map<String, Object> block(Block block, String text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", block.type().toString());
        fields.put("level", block.level());
        fields.put("page", block.page());
        fields.put("marks", block.marks().stream().map(Enum::toString).sorted().toList());
        fields.put("confidence", block.confidence());
        fields.put("text", block.in(text));
        return fields;
    }
}
