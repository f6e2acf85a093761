package dev.lectern.ingestion.parsing;

import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import dev.lectern.ingestion.parsing.ocr.OcrCommand;
import dev.lectern.ingestion.passages.ParsedDocument;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and reads the messages between the server and its parser process, in the frames of {@link FrameCodec}. */
final class ParserMessageCodec {
    private static final byte PARSED = 1;
    private static final byte REJECTED = 2;

    private static final int MAX_ARGUMENTS = 2_000;

    private ParserMessageCodec() {}

    /** One file to read. */
    record Request(Path file, String name, ParseLimits limits) {
        Request withoutRecognition() {
            return new Request(file, name, limits.withoutRecognition());
        }
    }

    static void write(Request request, OutputStream pipe) throws IOException {
        try (DataOutputStream out = new DataOutputStream(FrameCodec.writer(pipe))) {
            MessageText.write(request.file.toString(), out);
            MessageText.write(request.name, out);
            out.writeLong(request.limits.fileBytes());
            out.writeInt(request.limits.textLength());
            out.writeInt(request.limits.depth());
            out.writeInt(request.limits.attachments());
            ocr(request.limits.ocr(), out);
        }
    }

    private static void ocr(@Nullable OcrCommand command, DataOutputStream out) throws IOException {
        List<String> arguments = command == null ? List.of() : command.arguments();
        out.writeInt(arguments.size());
        for (String argument : arguments) {
            MessageText.write(argument, out);
        }
        if (command != null) {
            out.writeInt(command.maxPages());
            out.writeLong(command.pageMillis());
            out.writeLong(command.fileMillis());
        }
    }

    private static @Nullable OcrCommand ocr(DataInputStream in) throws IOException {
        int count = MessageText.bounded(in.readInt(), MAX_ARGUMENTS);
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            arguments.add(MessageText.readShort(in));
        }
        return arguments.isEmpty() ? null : new OcrCommand(arguments, in.readInt(), in.readLong(), in.readLong());
    }

    static Request readRequest(InputStream pipe) throws IOException {
        try (DataInputStream in = new DataInputStream(FrameCodec.reader(pipe))) {
            Request request = new Request(
                    Path.of(MessageText.readShort(in)),
                    MessageText.readShort(in),
                    new ParseLimits(in.readLong(), in.readInt(), in.readInt(), in.readInt(), ocr(in)));
            end(in);
            return request;
        }
    }

    static void write(ParseOutcome outcome, OutputStream pipe) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(FrameCodec.writer(pipe)))) {
            switch (outcome) {
                case ParseOutcome.Parsed(ParsedDocument document, String mediaType) -> {
                    out.writeByte(PARSED);
                    MessageText.write(mediaType, out);
                    ParsedDocumentCodec.write(document, out);
                }
                case ParseOutcome.Rejected(RejectionCode code, String sentence) -> {
                    out.writeByte(REJECTED);
                    MessageText.write(code.name(), out);
                    MessageText.write(sentence, out);
                }
            }
        }
    }

    /** @throws IOException when the message is not an outcome within the limits */
    static ParseOutcome readOutcome(InputStream pipe, int maxText) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(FrameCodec.reader(pipe)))) {
            ParseOutcome outcome = switch (in.readByte()) {
                case PARSED -> parsed(in, maxText);
                case REJECTED -> new ParseOutcome.Rejected(code(MessageText.readShort(in)), MessageText.readShort(in));
                default -> throw new IOException("Neither parsed nor rejected");
            };
            end(in);
            return outcome;
        }
    }

    private static ParseOutcome parsed(DataInputStream in, int maxText) throws IOException {
        String mediaType = MessageText.readShort(in);
        return new ParseOutcome.Parsed(ParsedDocumentCodec.read(in, maxText), mediaType);
    }

    private static RejectionCode code(String name) throws IOException {
        try {
            return RejectionCode.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IOException("Not a code", e);
        }
    }

    private static void end(InputStream in) throws IOException {
        if (in.read() >= 0) {
            throw new IOException("More than a message");
        }
    }
}
