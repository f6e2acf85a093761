package dev.lectern.ingestion.parsing.formats;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Removes from a page what surrounds its content: what no reader sees, navigation, banners and lists of links. Elements, roles and the share of links in the
 * text decide; a name of a class only supports such a sign. In doubt the text stays.
 */
final class HtmlBoilerplateRemover {
    private static final String MACHINERY =
            "script, style, noscript, template, svg, canvas, iframe, object, embed, input, select, textarea, datalist";
    private static final String HIDDEN = "[hidden], [aria-hidden=true], [type=hidden]";
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

    private HtmlBoilerplateRemover() {}

    /** Removes the boilerplate and returns the element with the content. The page is changed. */
    static Element removeFrom(Document page) {
        removeConsent(page);
        page.select(MACHINERY).remove();
        page.select("button").remove();
        Document complete = page.clone();
        removeHidden(page);
        page.select("a[href^=#]").stream()
                .filter(link -> ANCHOR_MARK.matcher(link.text()).matches())
                .toList()
                .forEach(Element::remove);
        Element main = page.selectFirst("main, [role=main]");
        if (main != null && main.text().length() >= MAIN_TEXT) {
            removeNavigation(main);
            return main;
        }
        removeNavigation(page.body());
        return page.body().hasText() ? page.body() : complete.body();
    }

    private static void removeHidden(Document page) {
        page.select(HIDDEN).remove();
        page.select("[style]").stream()
                .filter(element -> HIDING_STYLE.matcher(element.attr("style")).find())
                .toList()
                .forEach(Element::remove);
    }

    /** A banner that asks for consent has a button to give it. */
    private static void removeConsent(Document page) {
        page.select(DIALOGS).remove();
        page.select("div, section, aside, form").stream()
                .filter(element ->
                        isNamed(element, CONSENT) && element.selectFirst("button, input, [role=button]") != null)
                .filter(element -> element.selectFirst("h1, main, article") == null)
                .toList()
                .forEach(Element::remove);
    }

    private static void removeNavigation(Element content) {
        content.select(NAVIGATION).remove();
        content.select("header, footer, aside").stream()
                .filter(element -> element.closest(CONTENT) == null && element.selectFirst("h1") == null)
                .filter(element -> !element.normalName().equals("header") || element.selectFirst("p") == null)
                .toList()
                .forEach(Element::remove);
        int length = content.text().length();
        boolean begun = false;
        for (Element element : List.copyOf(content.getAllElements())) {
            begun |= element.is("h1, h2");
            boolean present =
                    element.closest("html") != null && element.parents().contains(content);
            if (present && element.is(BLOCKS) && isLinkList(element, begun) && leavesEnough(element, length)) {
                element.remove();
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
