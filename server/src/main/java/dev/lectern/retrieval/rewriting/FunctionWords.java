package dev.lectern.retrieval.rewriting;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words that say how a question is built and not what it is about, in the languages where follow-ups were looked at. Others do without. */
final class FunctionWords {
    private static final Set<String> EMPTY = set("""
            a an the and or but if of in on at to for with by from as is are was were be been being do does did can could should would will shall
            may might must have has had i you he she it we they me him her us them my your his its our their this that these those what which
            who whom whose when where why how about there here not no so than then too very just also any some all please tell give explain
            know want like way more most other another between into over
            der die das den dem des ein eine einen einem einer und oder aber in im an am auf zu zum zur für mit von vom bei aus als ist sind war
            waren wird werden wurde hat haben hatte kann können soll ich du er sie es wir ihr man was wer wie wo wann warum welche welcher welches
            nicht auch noch so dann
            el la los las un una unos unas y o pero de del en a al por para con sin es son era fue ser está hay se su sus lo le que qué quién
            quien cuál cuáles cómo como dónde cuándo cuánto cuántos por no también
            le la les un une des et ou mais de du en à au aux pour par avec sans est sont était être se sa son ses ce que qui quoi quel quelle
            quels quelles comment où quand pourquoi combien ne pas aussi il elle ils elles je tu nous vous
            """);

    private static final Set<String> BACK = set("""
            it its they them their theirs this that these those he she him her his hers there one ones such same other another else former latter
            er sie ihn ihm ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner dies diese dieser dieses diesen diesem jene dort davon dazu
            darüber dabei damit dafür
            ello ella ellos ellas este esta esto estos estas ese esa eso esos esas aquel aquella su sus allí
            cela ça celui celle ceux celles ce cette ces son sa ses leur leurs y lui eux
            它 他 她 它们 他们 她们 这 那 这个 那个
            """);

    private static final Set<String> OPENERS = set("and so but also why then und aber warum y pero et mais pourquoi");
    private static final Pattern WITHOUT_SPACES =
            Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}]");

    private FunctionWords() {}

    private static Set<String> set(String words) {
        return Arrays.stream(words.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }

    static boolean isOne(String lowerCase) {
        return EMPTY.contains(lowerCase);
    }

    static boolean pointsBack(String lowerCase) {
        return BACK.contains(lowerCase);
    }

    static boolean beginsAsFollowUp(String lowerCase) {
        return OPENERS.contains(lowerCase);
    }

    /** Whether counting its words means anything. */
    static boolean writesSpaces(String text) {
        return !WITHOUT_SPACES.matcher(text).find();
    }
}
