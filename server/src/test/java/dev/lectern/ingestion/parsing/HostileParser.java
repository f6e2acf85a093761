package dev.lectern.ingestion.parsing;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A parser process that does what the name of the file says. */
final class HostileParser {
    private HostileParser() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        InputStream in = new FileInputStream(FileDescriptor.in);
        ParserMessageCodec.write(new ParseOutcome.Rejected(RejectionCode.EMPTY, "ready"), out);
        while (true) {
            String name = ParserMessageCodec.readRequest(in).name();
            switch (name) {
                case "hang" -> Thread.sleep(60_000);
                case "eat" -> eat();
                case "die" -> Runtime.getRuntime().halt(7);
                case "garbage" -> {
                    out.write("Hello, I am a library that prints.\n".repeat(10).getBytes(StandardCharsets.UTF_8));
                    Thread.sleep(60_000);
                }
                case "half" -> {
                    out.write(new byte[] {0x4C, 0x45, 0x43, 0x54, 0, 0, 4, 0, 1});
                    Runtime.getRuntime().halt(0);
                }
                case "endless" -> {
                    while (true) {
                        out.write(new byte[] {0x4C, 0x45, 0x43, 0x54, 0, 0, 0, 1, 1});
                    }
                }
                case "pid" -> answer(Long.toString(ProcessHandle.current().pid()), out);
                case "environment" -> answer(System.getenv().keySet().toString(), out);
                case "folder" -> answer(System.getProperty("java.io.tmpdir"), out);
                default -> answer(Path.of(name).toString(), out);
            }
        }
    }

    private static void answer(String sentence, OutputStream out) throws IOException {
        ParserMessageCodec.write(new ParseOutcome.Rejected(RejectionCode.EMPTY, sentence), out);
    }

    private static void eat() {
        List<byte[]> eaten = new ArrayList<>();
        while (eaten.size() < Integer.MAX_VALUE) {
            eaten.add(new byte[1 << 20]);
        }
    }
}
