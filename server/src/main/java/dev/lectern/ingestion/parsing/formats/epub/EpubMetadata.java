package dev.lectern.ingestion.parsing.formats.epub;

import dev.lectern.ingestion.parsing.formats.document.MetadataDate;
import dev.lectern.ingestion.parsing.formats.document.MetadataValidator;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/** What an e-book says of itself in its package document, of versions 2 and 3. */
final class EpubMetadata {
    private static final String AUTHOR = "aut";

    private EpubMetadata() {}

    /** Adds the metadata, and returns the title if it is a real one. */
    static @Nullable String read(@Nullable XmlElement metadata, ParsedDocumentBuilder out) {
        if (metadata == null) {
            return null;
        }
        Map<String, String> roles = new HashMap<>();
        metadata.forEach("meta", meta -> {
            if (meta.attribute("property").equals("role")) {
                roles.put(meta.attribute("refines"), meta.text().strip());
            } else if (meta.attribute("property").equals("dcterms:modified")) {
                out.metadata("modified", MetadataDate.parse(meta.text()));
            }
        });
        metadata.forEach("creator", creator -> {
            String refined = roles.getOrDefault("#" + creator.attribute("id"), AUTHOR);
            String role = creator.has("role") ? creator.attribute("role") : refined;
            out.metadata(role.equals(AUTHOR) ? "author" : "contributor", creator.text());
        });
        metadata.forEach("date", date -> {
            boolean modified = date.attribute("event").equals("modification");
            out.metadata(modified ? "modified" : "created", MetadataDate.parse(date.text()));
        });
        for (String key : new String[] {"contributor", "language", "subject", "publisher"}) {
            metadata.forEach(key, value -> out.metadata(key, value.text()));
        }
        metadata.forEach(
                "description",
                value -> out.metadata(
                        "description", Jsoup.parse(value.text()).body().text()));
        String[] title = {null};
        metadata.forEach("title", one -> title[0] = title[0] == null ? one.text() : title[0]);
        return title[0] == null || !MetadataValidator.isTitle(title[0]) ? null : title[0];
    }
}
