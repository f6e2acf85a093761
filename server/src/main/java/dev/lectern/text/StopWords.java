package dev.lectern.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sr.SerbianAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.ta.TamilAnalyzer;
import org.apache.lucene.analysis.te.TeluguAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/**
 * Words that carry grammar rather than meaning, by language: Lucene's lists, and question words, adverbs and words of connection that these leave out in the
 * languages that answers were measured in. Of Chinese they are the pairs of characters of such words. Languages without a list have none.
 */
public final class StopWords {
    private static final Map<String, Supplier<CharArraySet>> LUCENE = Map.ofEntries(
            Map.entry("ar", ArabicAnalyzer::getDefaultStopSet),
            Map.entry("bg", BulgarianAnalyzer::getDefaultStopSet),
            Map.entry("bn", BengaliAnalyzer::getDefaultStopSet),
            Map.entry("ca", CatalanAnalyzer::getDefaultStopSet),
            Map.entry("cs", CzechAnalyzer::getDefaultStopSet),
            Map.entry("da", DanishAnalyzer::getDefaultStopSet),
            Map.entry("de", GermanAnalyzer::getDefaultStopSet),
            Map.entry("el", GreekAnalyzer::getDefaultStopSet),
            Map.entry("en", EnglishAnalyzer::getDefaultStopSet),
            Map.entry("es", SpanishAnalyzer::getDefaultStopSet),
            Map.entry("et", EstonianAnalyzer::getDefaultStopSet),
            Map.entry("eu", BasqueAnalyzer::getDefaultStopSet),
            Map.entry("fa", PersianAnalyzer::getDefaultStopSet),
            Map.entry("fi", FinnishAnalyzer::getDefaultStopSet),
            Map.entry("fr", FrenchAnalyzer::getDefaultStopSet),
            Map.entry("ga", IrishAnalyzer::getDefaultStopSet),
            Map.entry("gl", GalicianAnalyzer::getDefaultStopSet),
            Map.entry("hi", HindiAnalyzer::getDefaultStopSet),
            Map.entry("hu", HungarianAnalyzer::getDefaultStopSet),
            Map.entry("hy", ArmenianAnalyzer::getDefaultStopSet),
            Map.entry("id", IndonesianAnalyzer::getDefaultStopSet),
            Map.entry("it", ItalianAnalyzer::getDefaultStopSet),
            Map.entry("lt", LithuanianAnalyzer::getDefaultStopSet),
            Map.entry("lv", LatvianAnalyzer::getDefaultStopSet),
            Map.entry("nl", DutchAnalyzer::getDefaultStopSet),
            Map.entry("no", NorwegianAnalyzer::getDefaultStopSet),
            Map.entry("pt", PortugueseAnalyzer::getDefaultStopSet),
            Map.entry("ro", RomanianAnalyzer::getDefaultStopSet),
            Map.entry("ru", RussianAnalyzer::getDefaultStopSet),
            Map.entry("sr", SerbianAnalyzer::getDefaultStopSet),
            Map.entry("sv", SwedishAnalyzer::getDefaultStopSet),
            Map.entry("ta", TamilAnalyzer::getDefaultStopSet),
            Map.entry("te", TeluguAnalyzer::getDefaultStopSet),
            Map.entry("th", ThaiAnalyzer::getDefaultStopSet),
            Map.entry("tr", TurkishAnalyzer::getDefaultStopSet));

    private static final Map<String, String> ADDED = new HashMap<>();
    private static final Map<String, Set<String>> BY_LANGUAGE = new ConcurrentHashMap<>();

    static {
        add(
                "en",
                "a an the of in on at to for by with from as is are was were be been being am do does did done doing have has had having what which who"
                        + " whom whose when where why how that this these those it its they them their theirs he him his she her hers we us our you your i"
                        + " me my and or but not no nor if then than so such can could will would shall should may might must also into about over under"
                        + " out up down there here any some all each most more many much other only very just between during after before through against"
                        + " same too both while because although however since until within without upon per among across towards toward although though"
                        + " moreover furthermore additionally therefore thus hence meanwhile instead overall finally first second third next later today"
                        + " according based using another several few yes please sure ok note");
        add(
                "de",
                "der die das den dem des ein eine einer eines einem einen kein keine keinen und oder aber nicht auch nur noch sehr mehr so als wie wenn"
                        + " dann dass ob in im an am auf aus bei beim mit nach von vom vor zu zum zur über unter für durch gegen ohne um bis seit während"
                        + " wegen trotz laut gemäß zwischen ist sind war waren sein wird werden wurde wurden worden hat haben hatte hatten kann können konnte"
                        + " soll sollte muss musste darf es er sie wir ihr ich du sich man ihn ihm ihnen seine seiner seinem seinen ihre ihrer ihrem ihren"
                        + " dieser diese dieses diesem diesen jener was wer wen wem wessen wo wohin woher wann warum wieso welche welcher welches welchen"
                        + " welchem wieviel viele viel alle alles andere anderen hier dort da damit dabei davon daraus deshalb daher jedoch außerdem"
                        + " zudem dennoch schließlich zunächst heute bereits etwa rund");
        add(
                "es",
                "el la los las un una unos unas de del al a en con por para sin sobre entre desde hasta durante según contra y e o u pero no ni si que"
                        + " qué quién quiénes cuál cuáles cuándo cuánto cuánta cuántos cuántas dónde cómo como más menos muy también es son era eran fue"
                        + " fueron ser sido está están estaba ha han había haber hay se su sus le les lo me te nos mi tu este esta estos estas ese esa esos"
                        + " esas aquel aquella esto eso tras donde cuando porque aunque además");
        add(
                "fr",
                "le la les l un une des du de d au aux à en dans par pour sur sous avec sans entre vers chez et ou mais ne pas plus moins très aussi que"
                        + " qu qui quoi quel quelle quels quelles quand où comment pourquoi combien est sont était étaient été être sera a ont avait avaient"
                        + " avoir il elle ils elles on nous vous je tu se s son sa ses leur leurs ce cet cette ces y si comme depuis pendant selon après avant"
                        + " c n lors ainsi cependant");
        add("zh", "什么 多少 哪里 哪个 哪些 哪一 一个 如何 怎么 为什 何时 谁的 是谁 是什 是多 在哪 的是 了多 有多 个是 么时 时候");
    }

    private static final Set<String> OF_ANY_LANGUAGE = ADDED.values().stream()
            .flatMap(words -> Arrays.stream(words.split(" ", -1)))
            .collect(Collectors.toUnmodifiableSet());

    private StopWords() {}

    /**
     * In lower case.
     *
     * @param language ISO 639-1, or {@code und}
     */
    public static Set<String> of(String language) {
        return BY_LANGUAGE.computeIfAbsent(language, StopWords::load);
    }

    /** In lower case, of English, German, Spanish, French and Chinese together: for texts whose language is not known. */
    public static Set<String> ofAnyLanguage() {
        return OF_ANY_LANGUAGE;
    }

    private static Set<String> load(String language) {
        Set<String> words = new HashSet<>();
        Supplier<CharArraySet> lucene = LUCENE.get(language);
        if (lucene != null) {
            for (Object word : lucene.get()) {
                words.add(new String((char[]) word));
            }
        }
        // Some of Lucene's files have comments that it reads as words.
        words.removeIf(word -> word.startsWith("#"));
        String added = ADDED.get(language);
        if (added != null) {
            words.addAll(Arrays.asList(added.split(" ", -1)));
        }
        return Set.copyOf(words);
    }

    private static void add(String language, String words) {
        ADDED.put(language, words.toLowerCase(Locale.ROOT));
    }
}
