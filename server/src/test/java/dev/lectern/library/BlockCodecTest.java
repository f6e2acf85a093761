package dev.lectern.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.library.Block.Mark;
import dev.lectern.library.jdbc.BlockCodec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlockCodecTest {
    private static final int SCALE = 10_000;

    private final Random random = new Random(3);

    @Test
    void blocks_ofEveryShape_areReadAsTheyWere() {
        List<Block.Type> types = List.of(Block.Type.values());
        List<Block> blocks = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < 2_000; i++) {
            start += random.nextInt(4);
            int end = start + 1 + random.nextInt(300);
            Set<Mark> marks = EnumSet.noneOf(Mark.class);
            for (Mark mark : Mark.values()) {
                if (random.nextInt(8) == 0) {
                    marks.add(mark);
                }
            }
            blocks.add(new Block(
                    types.get(random.nextInt(types.size())),
                    start,
                    end,
                    random.nextInt(10),
                    random.nextBoolean() ? 1 + random.nextInt(3) : null,
                    marks,
                    random.nextInt(5) == 0 ? random.nextInt(101) : null));
            start = end;
        }
        assertThat(BlockCodec.decodeBlocks(BlockCodec.encodeBlocks(blocks))).isEqualTo(blocks);
    }

    @Test
    void blocks_ofAnOrdinaryText_takeLittleSpace() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            blocks.add(new Block(Block.Type.PARAGRAPH, i * 302, i * 302 + 300, 0, 1 + i / 10));
        }
        assertThat(BlockCodec.encodeBlocks(blocks)).hasSizeLessThan(1_000 * 302 / 12);
    }

    @Test
    void lines_areReadAsTheyWere() {
        List<TextLine> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < 500; i++) {
            start += random.nextInt(3);
            lines.add(new TextLine(start, start + 80, 1 + i / 50, fraction(), fraction(), fraction(), fraction()));
            start += 80;
        }
        assertThat(BlockCodec.decodeLines(BlockCodec.encodeLines(lines))).isEqualTo(lines);
    }

    private float fraction() {
        return (float) random.nextInt(SCALE + 1) / SCALE;
    }

    @Test
    void notices_areReadAsTheyWere_andNoneTakeNoSpace() {
        List<ReadingNotice> notices = List.of(
                new ReadingNotice(ReadingNotice.Kind.SCANNED_PAGES, 4, 5, null),
                new ReadingNotice(ReadingNotice.Kind.UNREADABLE_ATTACHMENTS, 2, null, "a b.zip, c.exe"));
        assertThat(BlockCodec.decodeNotices(BlockCodec.encodeNotices(notices))).isEqualTo(notices);
        assertThat(BlockCodec.encodeNotices(List.of())).isNull();
    }

    @Test
    void whatALaterReleaseHasWritten_isReadAsFarAsItIsKnown() {
        assertThat(BlockCodec.decodeBlocks("HOLOGRAM 0 4 mSPARKLING mOCR z3"))
                .containsExactly(new Block(Block.Type.PARAGRAPH, 0, 4, 0, null, Set.of(Mark.OCR), null));
        assertThat(BlockCodec.decodeNotices("SMELLS 1 0 \nPICTURES 2 0 "))
                .containsExactly(new ReadingNotice(ReadingNotice.Kind.PICTURES, 2, null, null));
    }

    @Test
    void versionOfAnEarlierRelease_hasNothing() {
        assertThat(BlockCodec.decodeBlocks(null)).isEmpty();
        assertThat(BlockCodec.decodeLines(null)).isEmpty();
        assertThat(BlockCodec.decodeNotices(null)).isEmpty();
    }
}
