package dev.lectern.ingestion.parsing.formats.html;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.library.ReadingNotice.Kind;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Removes from a page what surrounds its content: what nobody sees, navigation, banners and lists of links. Elements, roles and the share of links in the
 * text decide; a name of a class only supports such a sign. In doubt the text stays.
 */
final class HtmlBoilerplateRemover {
    private static final String MACHINERY = "script, style, template, input, select, textarea, datalist";
    private static final String BUTTONS_WITH_CONTENT =
            "h1 button, h2 button, h3 button, h4 button, h5 button, h6 button, summary button, dt button, [role=heading] button, button[aria-expanded]";
    private static final Pattern HIDING_STYLE = Pattern.compile(
            "(?:^|;)\\s*(?:display\\s*:\\s*none|visibility\\s*:\\s*(?:hidden|collapse))", Pattern.CASE_INSENSITIVE);
    private static final String DIALOGS = "dialog, [role=dialog], [role=alertdialog], [aria-modal=true]";
    private static final String NAVIGATION =
            "nav, [role=navigation], [role=search], [role=banner], [role=contentinfo], [role=complementary], [role=menu], [role=menubar]";
    /** What these hold belongs to the content. */
    private static final String CONTENT = "main, [role=main], article";

    private static final String BLOCKS = "div, section, aside, ul, ol, table, form";
    private static final Pattern CONSENT = Pattern.compile("cookie|consent|gdpr|onetrust", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAVIGATION_NAMES = Pattern.compile(
            "(?:^|[-_\\s])(?:nav|navbar|navheader|navfooter|navigation|menu|megamenu|breadcrumbs?|sidebar|sphinxsidebar(?:wrapper)?"
                    + "|skip-?link|pagination|related|toc|localtoc|table-of-contents)(?:[-_\\s]|$)",
            Pattern.CASE_INSENSITIVE);
    /** Anchors that only stand for the place where they are. */
    private static final Pattern ANCHOR_MARK = Pattern.compile("[\\s¶#§\uD83D\uDD17\u2693]*");

    /** Links to the page before and after. */
    private static final String PAGE_TURNERS =
            "a[rel~=(?i)\\b(prev|next|up)\\b], a[accesskey~=(?i)^[pnu]$], a:matchesOwn((?i)^\\W*(prev|previous|next)\\W*$)";

    private static final int SHORT_NAVIGATION = 400;
    private static final int MAIN_TEXT = 200;
    private static final int MANY_LINKS = 3;
    private static final int SHORT_LINK = 40;
    private static final double MOSTLY_LINKS = 0.9;
    private static final double HALF_LINKS = 0.5;

    private static final int HIDDEN_LETTERS = 3;

    private final Document page;
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

    private HtmlBoilerplateRemover(Document page) {
        this.page = page;
    }

    /** Removes the boilerplate, counts what it removes, and returns the element with the content. The page is changed. */
    static Element removeFrom(Document page, ParsedDocumentBuilder out) {
        HtmlBoilerplateRemover remover = new HtmlBoilerplateRemover(page);
        Element content = remover.findContent();
        remover.counts.forEach(out::notice);
        HtmlObjects.replaceIn(content, out);
        return content;
    }

    private Element findContent() {
        page.select("template[shadowrootmode], template[shadowroot]").forEach(Element::unwrap);
        removeConsent();
        Set<String> revealed = findRevealed();
        page.select(BUTTONS_WITH_CONTENT).forEach(Element::unwrap);
        page.select("button").remove();
        page.select(MACHINERY).remove();
        Document complete = page.clone();
        page.select("noscript").forEach(element -> remove(element, Kind.HIDDEN_TEXT));
        removeHidden(revealed);
        page.select("a[href^=#]").stream()
                .filter(link -> ANCHOR_MARK.matcher(link.text()).matches())
                .toList()
                .forEach(Element::remove);
        Element main = page.selectFirst("main, [role=main]");
        if (main != null && main.text().length() >= MAIN_TEXT) {
            removeNavigation(main);
            return takeMain(main);
        }
        removeNavigation(page.body());
        if (page.body().hasText()) {
            return page.body();
        }
        counts.clear();
        return complete.body();
    }

    /** The heading of the page may stand above its main part. */
    private Element takeMain(Element main) {
        List<Element> headings = page.select("h1");
        if (headings.size() == 1 && !headings.getFirst().parents().contains(main)) {
            main.prependChild(headings.getFirst());
        }
        boolean surrounded = page.body().text().length() > main.text().length();
        counts.merge(Kind.BOILERPLATE, surrounded ? 1 : 0, Integer::sum);
        return main;
    }

    private void remove(Element element, Kind kind) {
        if (element.hasText() && element.closest("html") != null) {
            counts.merge(kind, 1, Integer::sum);
        }
        element.remove();
    }

    /** Ids of what a person opens by a click on a tab, a title or a button. */
    private Set<String> findRevealed() {
        Set<String> ids = new HashSet<>();
        page.select("[aria-controls]")
                .forEach(element ->
                        ids.addAll(List.of(element.attr("aria-controls").strip().split("\\s+", -1))));
        for (String attribute : List.of("href", "data-target", "data-bs-target", "data-toggle-target")) {
            page.select("[" + attribute + "^=#]")
                    .forEach(element -> ids.add(element.attr(attribute).substring(1)));
        }
        return ids;
    }

    private void removeHidden(Set<String> revealed) {
        page.select("[hidden], [style]").stream()
                .filter(element -> isHidden(element)
                        && !element.attr("role").equals("tabpanel")
                        && (element.id().isEmpty() || !revealed.contains(element.id())))
                .toList()
                .forEach(element -> remove(element, Kind.HIDDEN_TEXT));
        page.select("[aria-hidden=true]").stream()
                .filter(HtmlBoilerplateRemover::isForTheEyeOnly)
                .toList()
                .forEach(Element::remove);
    }

    private static boolean isHidden(Element element) {
        boolean attribute = element.hasAttr("hidden") && !element.attr("hidden").equals("until-found");
        return attribute || HIDING_STYLE.matcher(element.attr("style")).find();
    }

    /** Other than its name says, what has {@code aria-hidden} is shown: signs, and texts that are there a second time for programs that read aloud. */
    private static boolean isForTheEyeOnly(Element element) {
        String text = element.text();
        return countLetters(text) < HIDDEN_LETTERS
                || (element.is("i, span, em, b") && !text.strip().contains(" "))
                || element.siblingElements().stream()
                        .anyMatch(other -> other.text().equals(text));
    }

    /** A banner that asks for consent has a button to give it. */
    private void removeConsent() {
        page.select(DIALOGS).forEach(element -> remove(element, Kind.BOILERPLATE));
        page.select("div, section, aside, form").stream()
                .filter(element ->
                        isNamed(element, CONSENT) && element.selectFirst("button, input, [role=button]") != null)
                .filter(element -> element.selectFirst("h1, main, article") == null)
                .toList()
                .forEach(element -> remove(element, Kind.BOILERPLATE));
    }

    private void removeNavigation(Element content) {
        content.select(NAVIGATION).forEach(element -> remove(element, Kind.BOILERPLATE));
        content.select("header, footer, aside").stream()
                .filter(element -> element.closest(CONTENT) == null && element.selectFirst("h1") == null)
                .filter(element -> !element.normalName().equals("header") || element.selectFirst("p") == null)
                .toList()
                .forEach(element -> remove(element, Kind.BOILERPLATE));
        int length = content.text().length();
        boolean begun = false;
        for (Element element : List.copyOf(content.getAllElements())) {
            begun |= element.is("h1, h2");
            boolean present =
                    element.closest("html") != null && element.parents().contains(content);
            if (present && element.is(BLOCKS) && isLinkList(element, begun) && leavesEnough(element, length)) {
                remove(element, Kind.BOILERPLATE);
            }
        }
    }

    /** An index of links is the content of a page that has nothing else. */
    private static boolean leavesEnough(Element removed, int length) {
        int own = removed.text().length();
        return own * 2 < length || (isNamed(removed, NAVIGATION_NAMES) && length - own >= MAIN_TEXT);
    }

    /**
     * Whether hardly anything but short links is in it; a name that speaks of navigation makes half of that enough. Below the first heading, an unnamed list of
     * links may be content.
     */
    private static boolean isLinkList(Element block, boolean begun) {
        List<Element> links = block.select("a[href]");
        int all = countLetters(block.text());
        if (links.isEmpty() || all == 0) {
            return false;
        }
        int linked = links.stream().mapToInt(link -> countLetters(link.text())).sum();
        double share = (double) linked / all;
        if (isNamed(block, NAVIGATION_NAMES)) {
            return share >= HALF_LINKS || (all <= SHORT_NAVIGATION && block.selectFirst(PAGE_TURNERS) != null);
        }
        return !begun
                && block.closest(CONTENT) == null
                && links.size() >= MANY_LINKS
                && share >= MOSTLY_LINKS
                && linked / links.size() <= SHORT_LINK;
    }

    /** Spaces and separators between links say nothing. */
    private static int countLetters(String text) {
        return (int) text.codePoints().filter(Character::isLetterOrDigit).count();
    }

    private static boolean isNamed(Element element, Pattern names) {
        return names.matcher(element.className().toLowerCase(Locale.ROOT)).find()
                || names.matcher(element.id().toLowerCase(Locale.ROOT)).find();
    }
}
