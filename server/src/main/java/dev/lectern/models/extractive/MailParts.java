package dev.lectern.models.extractive;

import dev.lectern.text.Span;
import dev.lectern.text.TermExtractor;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a mail in a passage: its head, and where the earlier mails begin that it quotes, which may say what holds no more. Immutable.
 *
 * @param head the lines that say who wrote to whom and when, as the reader of mails writes them; null without a head
 * @param repliesAt where the first quoted mail begins; the text's length without one
 */
record MailParts(@Nullable Span head, int repliesAt) {
    private static final Pattern HEAD =
            Pattern.compile("(?:(?:From|To|Cc|Bcc|Date): [^\\n]++(?:\\n|\\z)){2,5}+(?:Subject: [^\\n]++)?+");

    /** "On Mon, 17 Mar 2025 at 16:40, Ann <ann@example.org> wrote:": a date, an address or the verb in common languages, and a colon at the end. */
    private static final Pattern INTRODUCTION = Pattern.compile(
            "^(?=[^\\n]*\\b(?:\\d{4}|\\d{1,2}[./-]\\d{1,2}[./-]\\d\\d)\\b)"
                    + "(?=[^\\n]*(?:[^\\s@]@[^\\s@]|\\b(?:wrote|schrieb|écrit|escribió|escreveu|scritto|schreef|skrev|napisał|kirjoitti|написал)\\b))"
                    + "[^\\n]{10,250}(?:\\n[^\\n:]{1,20})?[:：]\\h*$",
            Pattern.MULTILINE | Pattern.UNICODE_CHARACTER_CLASS);

    /** What other programs write above the mail they answer: "Von: … Gesendet: …", or a line with words between hyphens. A mail that is passed on is no answer. */
    private static final Pattern QUOTED_HEAD = Pattern.compile(
            "^\\h*+-{3,}+ ?(?:Original[ -]Message|Original-?Nachricht|Ursprüngliche Nachricht|Message d.origine|Mensaje original|Mensagem original"
                    + "|Messaggio originale|Oorspronkelijk bericht) ?-{3,}+\\h*$"
                    + "|^(?:From|Von|De|Da|Van)\\h?: [^\\n]++\\n+(?:Sent|Gesendet|Envoyé|Enviado|Inviato|Verzonden)(?: el| em| le)?\\h?: ",
            Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

    /** Words that people use for the fields of a head. */
    private static final Map<String, String> FIELD_WORDS = Map.of(
            "from",
                    "sender sent send wrote written write author mail email message absender schrieb geschrieben geschickt gesendet nachricht",
            "to", "recipient recipients received receive addressed empfänger erhielt erhalten bekam",
            "cc", "copied copy copies kopie",
            "bcc", "copied copy copies blind kopie",
            "date", "sent send written wrote geschrieben geschickt gesendet");

    static MailParts of(String text) {
        Matcher headed = HEAD.matcher(text);
        Span head = headed.lookingAt() && text.startsWith("From: ") ? Span.trimmed(text, 0, headed.end()) : null;
        int body = head == null ? 0 : head.end();
        return new MailParts(head, Math.min(firstAt(INTRODUCTION, text, body), firstAt(QUOTED_HEAD, text, body)));
    }

    private static int firstAt(Pattern pattern, String text, int from) {
        Matcher matcher = pattern.matcher(text).region(from, text.length()).useTransparentBounds(true);
        return matcher.find() && matcher.start() > 0 ? matcher.start() : text.length();
    }

    /** The lines of the head but its subject, which is the title; null without a head. */
    static @Nullable Span withoutSubject(String text, @Nullable Span head) {
        if (head == null) {
            return null;
        }
        int subject = text.lastIndexOf("\nSubject: ", head.end());
        return subject > head.start() ? new Span(head.start(), subject) : head;
    }

    /** The stems of a head with those of the words that people use for its fields. */
    static Set<String> terms(String head, Set<String> stopWords) {
        Set<String> terms = new HashSet<>(TermExtractor.stems(head, stopWords));
        for (String line : head.lines().toList()) {
            String name = line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT);
            terms.addAll(TermExtractor.stems(FIELD_WORDS.getOrDefault(name, ""), stopWords));
        }
        return terms;
    }
}
