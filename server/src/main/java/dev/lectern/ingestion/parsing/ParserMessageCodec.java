package dev.lectern.ingestion.parsing;

import dev.lectern.ingestion.parsing.formats.ParseLimits;
import dev.lectern.ingestion.parsing.ocr.OcrCommand;
import dev.lectern.ingestion.passages.ParsedDocument;
import dev.lectern.library.Block;
import dev.lectern.library.ReadingNotice;
import dev.lectern.library.TextLine;
import dev.lectern.library.update.TitleSource;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes and reads the messages between the server and its parser process, in the frames of {@link FrameCodec}. */
final class ParserMessageCodec {
    private static final byte PARSED = 1;
    private static final byte REJECTED = 2;

    /** Text is written in pieces, so that no second copy of it is made. */
    private static final int PIECE = 1 << 13;

    private static final int MAX_BLOCKS = 20_000_000;
    private static final List<Block.Type> KINDS = List.of(Block.Type.values());
    private static final List<Block.Mark> MARKS = List.of(Block.Mark.values());
    private static final List<ReadingNotice.Kind> NOTICES = List.of(ReadingNotice.Kind.values());
    private static final int MAX_ARGUMENTS = 2_000;
    private static final int MAX_METADATA = 1_000;
    private static final int UNKNOWN_CONFIDENCE = 255;
    private static final List<TitleSource> TITLE_SOURCES = List.of(TitleSource.values());

    private ParserMessageCodec() {}

    /** One file to read. */
    record Request(Path file, String name, ParseLimits limits) {
        Request withoutRecognition() {
            return new Request(file, name, limits.withoutRecognition());
        }
    }

    static void write(Request request, OutputStream pipe) throws IOException {
        try (DataOutputStream out = new DataOutputStream(FrameCodec.writer(pipe))) {
            text(request.file.toString(), out);
            text(request.name, out);
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
            text(argument, out);
        }
        if (command != null) {
            out.writeInt(command.maxPages());
            out.writeLong(command.pageMillis());
            out.writeLong(command.fileMillis());
        }
    }

    private static @Nullable OcrCommand ocr(DataInputStream in) throws IOException {
        int count = bounded(in.readInt(), MAX_ARGUMENTS);
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            arguments.add(text(in, PIECE));
        }
        return arguments.isEmpty() ? null : new OcrCommand(arguments, in.readInt(), in.readLong(), in.readLong());
    }

    static Request readRequest(InputStream pipe) throws IOException {
        try (DataInputStream in = new DataInputStream(FrameCodec.reader(pipe))) {
            Request request = new Request(
                    Path.of(text(in, PIECE)),
                    text(in, PIECE),
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
                    text(mediaType, out);
                    text(document.title(), out);
                    out.writeByte(TITLE_SOURCES.indexOf(document.titleSource()));
                    text(document.text(), out);
                    blocks(document.blocks(), out);
                    lines(document.lines(), out);
                    metadata(document.metadata(), out);
                    notices(document.notices(), out);
                }
                case ParseOutcome.Rejected(RejectionCode code, String sentence) -> {
                    out.writeByte(REJECTED);
                    text(code.name(), out);
                    text(sentence, out);
                }
            }
        }
    }

    /** @throws IOException when the message is not an outcome within the limits */
    static ParseOutcome readOutcome(InputStream pipe, int maxText) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(FrameCodec.reader(pipe)))) {
            ParseOutcome outcome = switch (in.readByte()) {
                case PARSED -> parsed(in, maxText);
                case REJECTED -> new ParseOutcome.Rejected(code(text(in, PIECE)), text(in, PIECE));
                default -> throw new IOException("Neither parsed nor rejected");
            };
            end(in);
            return outcome;
        }
    }

    private static ParseOutcome parsed(DataInputStream in, int maxText) throws IOException {
        String mediaType = text(in, PIECE);
        String title = text(in, PIECE);
        TitleSource titleSource = titleSource(in.readUnsignedByte());
        String text = text(in, maxText);
        ParsedDocument document = new ParsedDocument(
                title,
                titleSource,
                text,
                blocks(in, text.length()),
                lines(in, text.length()),
                metadata(in),
                notices(in));
        return new ParseOutcome.Parsed(document, mediaType);
    }

    private static TitleSource titleSource(int number) throws IOException {
        if (number >= TITLE_SOURCES.size()) {
            throw new IOException("Not a source of a title");
        }
        return TITLE_SOURCES.get(number);
    }

    private static RejectionCode code(String name) throws IOException {
        try {
            return RejectionCode.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IOException("Not a code", e);
        }
    }

    private static void blocks(List<Block> blocks, DataOutputStream out) throws IOException {
        out.writeInt(blocks.size());
        for (Block block : blocks) {
            out.writeByte(KINDS.indexOf(block.type()));
            out.writeInt(block.start());
            out.writeInt(block.end());
            out.writeByte(block.level());
            Integer page = block.page();
            out.writeInt(page == null ? 0 : page);
            int marks = 0;
            for (Block.Mark mark : block.marks()) {
                marks |= 1 << MARKS.indexOf(mark);
            }
            out.writeInt(marks);
            Integer confidence = block.confidence();
            out.writeByte(confidence == null ? UNKNOWN_CONFIDENCE : confidence);
        }
    }

    private static List<Block> blocks(DataInputStream in, int length) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > Math.min(length, MAX_BLOCKS)) {
            throw new IOException("Not a number of blocks");
        }
        List<Block> blocks = new ArrayList<>();
        int before = 0;
        for (int i = 0; i < count; i++) {
            int kind = in.readUnsignedByte();
            int start = in.readInt();
            int end = in.readInt();
            int level = in.readUnsignedByte();
            int page = in.readInt();
            int marks = in.readInt();
            int confidence = in.readUnsignedByte();
            if (kind >= KINDS.size() || marks >>> MARKS.size() != 0 || start < before || end <= start || end > length) {
                throw new IOException("Not a block");
            }
            blocks.add(new Block(
                    KINDS.get(kind),
                    start,
                    end,
                    level,
                    page == 0 ? null : page,
                    marks(marks),
                    confidence == UNKNOWN_CONFIDENCE ? null : confidence));
            before = end;
        }
        return blocks;
    }

    private static Set<Block.Mark> marks(int bits) {
        if (bits == 0) {
            return Set.of();
        }
        Set<Block.Mark> marks = EnumSet.noneOf(Block.Mark.class);
        for (int i = 0; i < MARKS.size(); i++) {
            if ((bits & 1 << i) != 0) {
                marks.add(MARKS.get(i));
            }
        }
        return marks;
    }

    private static void lines(List<TextLine> lines, DataOutputStream out) throws IOException {
        out.writeInt(lines.size());
        for (TextLine line : lines) {
            out.writeInt(line.start());
            out.writeInt(line.end());
            out.writeInt(line.page());
            out.writeFloat(line.left());
            out.writeFloat(line.top());
            out.writeFloat(line.width());
            out.writeFloat(line.height());
        }
    }

    private static List<TextLine> lines(DataInputStream in, int length) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > Math.min(length, MAX_BLOCKS)) {
            throw new IOException("Not a number of lines");
        }
        List<TextLine> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TextLine line = new TextLine(
                    in.readInt(),
                    in.readInt(),
                    in.readInt(),
                    in.readFloat(),
                    in.readFloat(),
                    in.readFloat(),
                    in.readFloat());
            if (line.start() < 0 || line.end() <= line.start() || line.end() > length || line.page() < 1) {
                throw new IOException("Not a line");
            }
            lines.add(line);
        }
        return lines;
    }

    private static void metadata(Map<String, List<String>> metadata, DataOutputStream out) throws IOException {
        out.writeInt(metadata.size());
        for (Map.Entry<String, List<String>> entry : metadata.entrySet()) {
            text(entry.getKey(), out);
            out.writeInt(entry.getValue().size());
            for (String value : entry.getValue()) {
                text(value, out);
            }
        }
    }

    private static Map<String, List<String>> metadata(DataInputStream in) throws IOException {
        Map<String, List<String>> metadata = new LinkedHashMap<>();
        int count = bounded(in.readInt(), MAX_METADATA);
        for (int i = 0; i < count; i++) {
            String key = text(in, PIECE);
            int size = bounded(in.readInt(), MAX_METADATA);
            List<String> values = new ArrayList<>();
            for (int k = 0; k < size; k++) {
                values.add(text(in, PIECE));
            }
            metadata.put(key, List.copyOf(values));
        }
        return metadata;
    }

    private static void notices(List<ReadingNotice> notices, DataOutputStream out) throws IOException {
        out.writeInt(notices.size());
        for (ReadingNotice notice : notices) {
            out.writeByte(NOTICES.indexOf(notice.kind()));
            out.writeInt(notice.count());
            Integer total = notice.total();
            out.writeInt(total == null ? 0 : total);
            String detail = notice.detail();
            text(detail == null ? "" : detail, out);
        }
    }

    private static List<ReadingNotice> notices(DataInputStream in) throws IOException {
        List<ReadingNotice> notices = new ArrayList<>();
        int size = bounded(in.readInt(), NOTICES.size());
        for (int i = 0; i < size; i++) {
            int kind = bounded(in.readUnsignedByte(), NOTICES.size() - 1);
            int count = in.readInt();
            int total = in.readInt();
            String detail = text(in, PIECE);
            if (count < 1) {
                throw new IOException("Not a count");
            }
            notices.add(new ReadingNotice(
                    NOTICES.get(kind), count, total == 0 ? null : total, detail.isEmpty() ? null : detail));
        }
        return notices;
    }

    private static int bounded(int value, int max) throws IOException {
        if (value < 0 || value > max) {
            throw new IOException("Not a number within the limits");
        }
        return value;
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        out.writeInt(text.length());
        byte[] bytes = new byte[PIECE * 2];
        for (int from = 0; from < text.length(); from += PIECE) {
            int to = Math.min(text.length(), from + PIECE);
            for (int at = from; at < to; at++) {
                char character = text.charAt(at);
                bytes[(at - from) * 2] = (byte) (character >> 8);
                bytes[(at - from) * 2 + 1] = (byte) character;
            }
            out.write(bytes, 0, (to - from) * 2);
        }
    }

    private static String text(DataInputStream in, int max) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > max) {
            throw new IOException("Not a text's length");
        }
        StringBuilder text = new StringBuilder(Math.min(length, PIECE));
        byte[] bytes = new byte[PIECE * 2];
        while (text.length() < length) {
            int part = Math.min(PIECE, length - text.length());
            in.readFully(bytes, 0, part * 2);
            for (int i = 0; i < part; i++) {
                text.append((char) ((bytes[i * 2] & 0xff) << 8 | (bytes[i * 2 + 1] & 0xff)));
            }
        }
        return text.toString();
    }

    private static void end(InputStream in) throws IOException {
        if (in.read() >= 0) {
            throw new IOException("More than a message");
        }
    }
}
