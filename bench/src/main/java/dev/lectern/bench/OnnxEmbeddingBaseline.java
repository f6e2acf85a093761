package dev.lectern.bench;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lectern.ingestion.passages.EmbeddingInput;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Measures ONNX Runtime alone on the tokenised passages of a data folder, one text per call and one call per core. It is the baseline for the speed of
 * the pipeline. {@code OnnxEmbeddingBaseline DATA_FOLDER}; prints seconds and passages per second.
 */
final class OnnxEmbeddingBaseline {
    private static final int LONGEST = 512;
    private static final String MODEL = "/bge-small-en-v1.5-q.onnx";
    private static final String TOKENIZER = "/bge-small-en-v1.5-q-tokenizer.json";

    private OnnxEmbeddingBaseline() {}

    public static void main(String[] arguments) throws Exception {
        List<long[]> texts = tokens(passages(Path.of(arguments[0])));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(resource(MODEL), options)) {
                embed(environment, session, texts.subList(0, Math.min(200, texts.size())));
                double seconds = embed(environment, session, texts);
                System.out.printf(
                        "raw: %,d passages, %.1f s, %.1f a second%n", texts.size(), seconds, texts.size() / seconds);
            }
        }
    }

    /** What the pipeline embedded: each different text once. */
    private static List<String> passages(Path data) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("lectern.db"));
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("SELECT document.title, MIN(passage.headings), passage.body"
                        + " FROM passage JOIN document ON document.id = passage.document GROUP BY passage.embedding")) {
            while (rows.next()) {
                List<String> headings = rows.getString(2).lines().toList();
                texts.add(EmbeddingInput.format(rows.getString(1), headings, null, rows.getString(3)));
            }
        }
        return texts;
    }

    private static List<long[]> tokens(List<String> texts) throws IOException {
        try (InputStream json = open(TOKENIZER);
                HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                        json, Map.of("truncation", "true", "maxLength", String.valueOf(LONGEST), "padding", "false"))) {
            return texts.stream()
                    .map(text -> tokenizer.encode(text, true, false).getIds())
                    .toList();
        }
    }

    private static double embed(OrtEnvironment environment, OrtSession session, List<long[]> texts)
            throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        List<Thread> threads = Stream.generate(() -> Thread.ofPlatform().start(() -> {
                    for (int i = next.getAndIncrement(); i < texts.size(); i = next.getAndIncrement()) {
                        run(environment, session, texts.get(i));
                    }
                }))
                .limit(Runtime.getRuntime().availableProcessors())
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static void run(OrtEnvironment environment, OrtSession session, long[] ids) {
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor tokens = tensor(environment, ids);
                OnnxTensor mask = tensor(environment, ones);
                OnnxTensor types = tensor(environment, new long[ids.length]);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", tokens, "attention_mask", mask, "token_type_ids", types))) {
            if (result.size() == 0) {
                throw new IllegalStateException("The model said nothing");
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OnnxTensor tensor(OrtEnvironment environment, long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, values.length});
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        }
    }

    private static InputStream open(String name) throws FileNotFoundException {
        InputStream in = OnnxEmbeddingBaseline.class.getResourceAsStream(name);
        if (in == null) {
            throw new FileNotFoundException(name);
        }
        return in;
    }
}
