package dev.lectern.ingestion.parsing.formats.html;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.library.ReadingNotice.Kind;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/** Counts the pictures of a page and what other programs draw; the words of a drawing, and those that stand for a picture, become text. */
public final class HtmlObjects {
    private static final String DRAWN_BY_OTHERS = "canvas, iframe, object, embed, video, audio";

    /** An alternative with fewer words names the picture and says nothing of it. */
    private static final int ALTERNATIVE_WORDS = 3;

    private HtmlObjects() {}

    /** Changes the content. */
    public static void replaceIn(Element content, ParsedDocumentBuilder out) {
        List<Element> objects = content.select(DRAWN_BY_OTHERS);
        out.notice(Kind.EMBEDDED_OBJECTS, objects.size());
        objects.forEach(Element::remove);
        int pictures = 0;
        for (Element drawing : content.select("svg")) {
            List<String> words = drawing.select("text").eachText();
            pictures += words.isEmpty() ? 0 : 1;
            drawing.replaceWith(new TextNode(words.isEmpty() ? "" : " " + String.join(" ", words) + " "));
        }
        for (Element picture : content.select("img")) {
            String words = picture.attr("alt").strip();
            boolean decoration = picture.hasAttr("alt") && words.isEmpty();
            boolean tiny =
                    picture.attr("width").equals("1") || picture.attr("height").equals("1");
            pictures += decoration || tiny ? 0 : 1;
            Element around = picture.parent();
            boolean known = around != null && around.text().contains(words);
            boolean says = words.split("\\s+", -1).length >= ALTERNATIVE_WORDS && !known;
            picture.replaceWith(new TextNode(says ? " " + words + " " : " "));
        }
        out.notice(Kind.PICTURES, pictures);
    }
}
