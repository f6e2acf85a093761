package dev.lectern.ingestion.parsing;

import dev.lectern.ingestion.parsing.formats.ParseLimits;
import dev.lectern.ingestion.passages.Block;
import dev.lectern.ingestion.passages.ParsedDocument;
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
import java.util.List;

/** Writes and reads the messages between the server and its parser process, in the frames of {@link FrameCodec}. */
final class ParserMessageCodec {
    private static final byte PARSED = 1;
    private static final byte REJECTED = 2;

    /** Text is written in pieces, so that no second copy of it is made. */
    private static final int PIECE = 1 << 13;

    private static final int MAX_BLOCKS = 20_000_000;
    private static final List<Block.Type> KINDS = List.of(Block.Type.values());
    private static final List<TitleSource> TITLE_SOURCES = List.of(TitleSource.values());

    private ParserMessageCodec() {}

    /** One file to read. */
    record Request(Path file, String name, ParseLimits limits) {}

    static void write(Request request, OutputStream pipe) throws IOException {
        try (DataOutputStream out = new DataOutputStream(FrameCodec.writer(pipe))) {
            text(request.file.toString(), out);
            text(request.name, out);
            out.writeLong(request.limits.fileBytes());
            out.writeInt(request.limits.textLength());
            out.writeInt(request.limits.depth());
            out.writeInt(request.limits.attachments());
        }
    }

    static Request readRequest(InputStream pipe) throws IOException {
        try (DataInputStream in = new DataInputStream(FrameCodec.reader(pipe))) {
            Request request = new Request(
                    Path.of(text(in, PIECE)),
                    text(in, PIECE),
                    new ParseLimits(in.readLong(), in.readInt(), in.readInt(), in.readInt()));
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
        return new ParseOutcome.Parsed(
                new ParsedDocument(title, titleSource, text, blocks(in, text.length())), mediaType);
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
            if (kind >= KINDS.size() || start < before || end <= start || end > length) {
                throw new IOException("Not a block");
            }
            blocks.add(new Block(KINDS.get(kind), start, end, level, page == 0 ? null : page));
            before = end;
        }
        return blocks;
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
