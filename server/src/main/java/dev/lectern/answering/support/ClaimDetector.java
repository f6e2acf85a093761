package dev.lectern.answering.support;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells a sentence that claims something from one that asks, introduces a list, or says that the documents do not say. */
final class ClaimDetector {
    private static final String QUESTION_MARKS = "?？؟፧՞";
    private static final String OPENERS = "\"'“„«([*_#>- ";

    /** What the sentence is about, and that it was not found. Bounded gaps, so that a long line costs no more than its length. */
    private static final Pattern UNKNOWN = Pattern.compile(
            String.join(
                    "|",
                    "\\b(?:documents?|passages?|sources?|texts?|excerpts?|context|information|they|it|i)\\b.{0,40}\\b(?:do|does|did|could|can|is|are|was)(?: not|n't|n’t)\\b"
                            + ".{0,40}\\b(?:say|state|mention|specify|contain|provide|include|give|find|found|answer|know|tell|cover|describe|indicate|available)",
                    "\\b(?:no|not enough) (?:information|answer|mention|passage|evidence)\\b",
                    "\\b(?:i|we) (?:don't|don’t|do not|cannot|can't|can’t) (?:know|say|tell|answer|find)\\b",
                    "\\bunable to (?:find|answer|say)\\b",
                    "\\b(?:dokumente?|quellen?|texte?|abschnitte?|passagen?|auszüge?|unterlagen)\\b.{0,40}\\b(?:nicht|keine?n?)\\b",
                    "\\b(?:keine (?:angaben?|informationen?|antwort)|weiß ich nicht|nicht angegeben|nicht erwähnt)\\b",
                    "\\bno (?:dicen?|mencionan?|contienen?|indican?|especifican?|hay información|lo sé|se menciona)\\b",
                    "\\bne (?:dit|disent|mentionnen?t?|contiennen?t?|précisen?t?|indiquen?t?|sais)\\b.{0,20}\\bpas\\b|\\baucune (?:information|réponse)\\b",
                    "文档.{0,10}(?:没有|未)|资料.{0,10}(?:没有|未)|没有(?:提到|提及|说明|相关信息)|未(?:提及|说明|提到)|無法回答|无法回答|見つかりません|記載がありません|わかりません"),
            Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

    private ClaimDetector() {}

    /** @param sentence without markers */
    static boolean makesNone(String sentence) {
        String text = strip(sentence);
        if (text.isEmpty() || text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return true;
        }
        char last = text.charAt(text.length() - 1);
        boolean asks = QUESTION_MARKS.indexOf(last) >= 0 || text.charAt(0) == '¿';
        boolean introduces = last == ':' || last == '：' || sentence.startsWith("#");
        return asks
                || introduces
                || UNKNOWN.matcher(text.toLowerCase(Locale.ROOT)).find();
    }

    private static String strip(String sentence) {
        int start = 0;
        int end = sentence.length();
        while (start < end && OPENERS.indexOf(sentence.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && "*_\"'”’»)] ".indexOf(sentence.charAt(end - 1)) >= 0) {
            end--;
        }
        return sentence.substring(start, end);
    }
}
