package dev.lectern.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.library.ReadingNotice.Kind;
import org.junit.jupiter.api.Test;

class ReadingNoticeTest {
    @Test
    void sentence_ofOneAndOfSeveral_isGrammatical() {
        assertThat(new ReadingNotice(Kind.PICTURES, 1, null, null).sentence()).isEqualTo("1 picture was left out.");
        assertThat(new ReadingNotice(Kind.PICTURES, 1_200, null, null).sentence())
                .isEqualTo("1,200 pictures were left out.");
        assertThat(new ReadingNotice(Kind.SCANNED_PAGES, 4, 5, null).sentence())
                .startsWith("4 of 5 pages have no text:");
        assertThat(new ReadingNotice(Kind.SCANNED_PAGES, 1, 1, null).sentence()).startsWith("1 of 1 page has no text:");
        assertThat(new ReadingNotice(Kind.UNREADABLE_ATTACHMENTS, 1, null, "a.zip").sentence())
                .isEqualTo("1 attachment could not be read: a.zip.");
    }
}
