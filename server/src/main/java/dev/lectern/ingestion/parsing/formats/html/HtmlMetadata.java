package dev.lectern.ingestion.parsing.formats.html;

import dev.lectern.ingestion.parsing.formats.document.MetadataDate;
import dev.lectern.ingestion.parsing.formats.document.MetadataValidator;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** What a page says of itself in its head. */
final class HtmlMetadata {
    /** Names of {@code meta} elements in lower case, with the key that they give. */
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("author", "author"),
            Map.entry("dc.creator", "author"),
            Map.entry("dcterms.creator", "author"),
            Map.entry("citation_author", "author"),
            Map.entry("article:author", "author"),
            Map.entry("description", "description"),
            Map.entry("og:description", "description"),
            Map.entry("dc.description", "description"),
            Map.entry("keywords", "keywords"),
            Map.entry("article:tag", "keywords"),
            Map.entry("dc.subject", "subject"),
            Map.entry("article:section", "subject"),
            Map.entry("og:site_name", "site"),
            Map.entry("dc.publisher", "publisher"),
            Map.entry("dc.language", "language"));

    private static final Map<String, String> DATES = Map.ofEntries(
            Map.entry("date", "created"),
            Map.entry("article:published_time", "created"),
            Map.entry("datepublished", "created"),
            Map.entry("dc.date", "created"),
            Map.entry("dcterms.created", "created"),
            Map.entry("dc.date.issued", "created"),
            Map.entry("citation_publication_date", "created"),
            Map.entry("pubdate", "created"),
            Map.entry("last-modified", "modified"),
            Map.entry("article:modified_time", "modified"),
            Map.entry("og:updated_time", "modified"),
            Map.entry("datemodified", "modified"),
            Map.entry("dcterms.modified", "modified"),
            Map.entry("revised", "modified"));

    private HtmlMetadata() {}

    static void read(Document page, ParsedDocumentBuilder out) {
        for (Element meta : page.select("meta[content]")) {
            String name = nameOf(meta);
            String content = meta.attr("content");
            String key = KEYS.get(name);
            String date = DATES.get(name);
            boolean address = content.startsWith("http://") || content.startsWith("https://");
            if (key != null && !address) {
                addValues(key, content, out);
            } else if (date != null) {
                out.metadata(date, MetadataDate.parse(content));
            }
        }
        Element html = page.selectFirst("html[lang], html[xml\\:lang]");
        if (html != null) {
            out.metadata("language", html.hasAttr("lang") ? html.attr("lang") : html.attr("xml:lang"));
        }
    }

    private static void addValues(String key, String content, ParsedDocumentBuilder out) {
        List<String> values = key.equals("keywords") ? List.of(content.split(",", -1)) : List.of(content);
        values.forEach(value -> out.metadata(key, value));
    }

    private static String nameOf(Element meta) {
        String name = meta.attr("name");
        String property = meta.attr("property");
        String itemProperty = meta.attr("itemprop");
        String first = name.isEmpty() ? property : name;
        return (first.isEmpty() ? itemProperty : first).toLowerCase(Locale.ROOT);
    }

    /** @return null when the page gives itself none that says something */
    static @Nullable String title(Document page) {
        String title = page.title();
        if (MetadataValidator.isTitle(title)) {
            return title;
        }
        Element shared = page.selectFirst("meta[property=og:title][content], meta[name=DC.title][content]");
        return shared != null && MetadataValidator.isTitle(shared.attr("content")) ? shared.attr("content") : null;
    }
}
