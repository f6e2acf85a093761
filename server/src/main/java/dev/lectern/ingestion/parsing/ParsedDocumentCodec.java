package dev.lectern.ingestion.parsing;

import dev.lectern.ingestion.passages.ParsedDocument;
import dev.lectern.library.Block;
import dev.lectern.library.ReadingNotice;
import dev.lectern.library.TextLine;
import dev.lectern.library.update.TitleSource;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes and reads a document that was read, as a part of a message. What the parser process sends is checked. */
final class ParsedDocumentCodec {
    private static final int MAX_BLOCKS = 20_000_000;
    private static final List<Block.Type> KINDS = List.of(Block.Type.values());
    private static final List<Block.Mark> MARKS = List.of(Block.Mark.values());
    private static final List<ReadingNotice.Kind> NOTICES = List.of(ReadingNotice.Kind.values());
    private static final int MAX_METADATA = 1_000;
    private static final int UNKNOWN_CONFIDENCE = 255;
    private static final List<TitleSource> TITLE_SOURCES = List.of(TitleSource.values());

    private ParsedDocumentCodec() {}

    static void write(ParsedDocument document, DataOutputStream out) throws IOException {
        MessageText.write(document.title(), out);
        out.writeByte(TITLE_SOURCES.indexOf(document.titleSource()));
        MessageText.write(document.text(), out);
        blocks(document.blocks(), out);
        lines(document.lines(), out);
        metadata(document.metadata(), out);
        notices(document.notices(), out);
    }

    /**
     * @param maxText UTF-16 units
     * @throws IOException when it is no document within the limits
     */
    static ParsedDocument read(DataInputStream in, int maxText) throws IOException {
        String title = MessageText.readShort(in);
        TitleSource titleSource = titleSource(in.readUnsignedByte());
        String text = MessageText.read(in, maxText);
        return new ParsedDocument(
                title,
                titleSource,
                text,
                blocks(in, text.length()),
                lines(in, text.length()),
                metadata(in),
                notices(in));
    }

    private static TitleSource titleSource(int number) throws IOException {
        if (number >= TITLE_SOURCES.size()) {
            throw new IOException("Not a source of a title");
        }
        return TITLE_SOURCES.get(number);
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
            MessageText.write(entry.getKey(), out);
            out.writeInt(entry.getValue().size());
            for (String value : entry.getValue()) {
                MessageText.write(value, out);
            }
        }
    }

    private static Map<String, List<String>> metadata(DataInputStream in) throws IOException {
        Map<String, List<String>> metadata = new LinkedHashMap<>();
        int count = MessageText.bounded(in.readInt(), MAX_METADATA);
        for (int i = 0; i < count; i++) {
            String key = MessageText.readShort(in);
            int size = MessageText.bounded(in.readInt(), MAX_METADATA);
            List<String> values = new ArrayList<>();
            for (int k = 0; k < size; k++) {
                values.add(MessageText.readShort(in));
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
            MessageText.write(detail == null ? "" : detail, out);
        }
    }

    private static List<ReadingNotice> notices(DataInputStream in) throws IOException {
        List<ReadingNotice> notices = new ArrayList<>();
        int size = MessageText.bounded(in.readInt(), NOTICES.size());
        for (int i = 0; i < size; i++) {
            int kind = MessageText.bounded(in.readUnsignedByte(), NOTICES.size() - 1);
            int count = in.readInt();
            int total = in.readInt();
            String detail = MessageText.readShort(in);
            if (count < 1) {
                throw new IOException("Not a count");
            }
            notices.add(new ReadingNotice(
                    NOTICES.get(kind), count, total == 0 ? null : total, detail.isEmpty() ? null : detail));
        }
        return notices;
    }
}
