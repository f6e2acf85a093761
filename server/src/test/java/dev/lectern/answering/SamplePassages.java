package dev.lectern.answering;

import dev.lectern.library.Passage;
import dev.lectern.retrieval.RankedPassage;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.PassageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passages to answer from. */
public final class SamplePassages {
    public static final Passage HANDBOOK = passage(
            "doc1",
            1,
            3,
            "Employee handbook",
            "upload:handbook.pdf",
            12,
            List.of("Leave", "Annual leave"),
            1200,
            "Employees receive 28 days of annual leave each year. Unused days expire on 31 March.");

    public static final Passage AGREEMENT = passage(
            "doc2",
            1,
            0,
            "Works agreement",
            "upload:agreement.docx",
            null,
            List.of(),
            0,
            "Part-time staff receive leave in proportion to their hours.");

    public static final List<RankedPassage> RANKED =
            List.of(new RankedPassage(HANDBOOK, 0.91, 7f, 0.8f), new RankedPassage(AGREEMENT, 0.64, 3f, 0.6f));

    private SamplePassages() {}

    public static Passage passage(
            String document,
            int version,
            int ordinal,
            String title,
            String uri,
            @Nullable Integer page,
            List<String> headings,
            int start,
            String text) {
        return new Passage(
                new PassageId(document + "." + version + "." + ordinal),
                CollectionId.DEFAULT,
                new DocumentId(document),
                version,
                ordinal,
                title,
                uri,
                "en",
                headings,
                page,
                start,
                start + text.length(),
                text);
    }
}
