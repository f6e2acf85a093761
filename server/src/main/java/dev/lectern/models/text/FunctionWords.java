package dev.lectern.models.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Words that carry grammar rather than meaning, question words among them. Languages without a list have none. */
public final class FunctionWords {
    private static final Map<String, Set<String>> BY_LANGUAGE = new HashMap<>();

    static {
        put(
                "en",
                "a an the of in on at to for by with from as is are was were be been being am do does did done doing have has had having what which who"
                        + " whom whose when where why how that this these those it its they them their theirs he him his she her hers we us our you your i"
                        + " me my and or but not no nor if then than so such can could will would shall should may might must also into about over under"
                        + " out up down there here any some all each most more many much other only very just between during after before through against"
                        + " same too both while because although however since until within without upon per among across towards toward although though"
                        + " moreover furthermore additionally therefore thus hence meanwhile instead overall finally first second third next later today"
                        + " according based using another several few yes please sure ok note");
        put(
                "de",
                "der die das den dem des ein eine einer eines einem einen kein keine keinen und oder aber nicht auch nur noch sehr mehr so als wie wenn"
                        + " dann dass ob in im an am auf aus bei beim mit nach von vom vor zu zum zur über unter für durch gegen ohne um bis seit während"
                        + " wegen trotz laut gemäß zwischen ist sind war waren sein wird werden wurde wurden worden hat haben hatte hatten kann können konnte"
                        + " soll sollte muss musste darf es er sie wir ihr ich du sich man ihn ihm ihnen seine seiner seinem seinen ihre ihrer ihrem ihren"
                        + " dieser diese dieses diesem diesen jener was wer wen wem wessen wo wohin woher wann warum wieso welche welcher welches welchen"
                        + " welchem wieviel viele viel alle alles andere anderen hier dort da damit dabei davon daraus deshalb daher jedoch außerdem"
                        + " zudem dennoch schließlich zunächst heute bereits etwa rund");
        put(
                "es",
                "el la los las un una unos unas de del al a en con por para sin sobre entre desde hasta durante según contra y e o u pero no ni si que"
                        + " qué quién quiénes cuál cuáles cuándo cuánto cuánta cuántos cuántas dónde cómo como más menos muy también es son era eran fue"
                        + " fueron ser sido está están estaba ha han había haber hay se su sus le les lo me te nos mi tu este esta estos estas ese esa esos"
                        + " esas aquel aquella esto eso tras donde cuando porque aunque además");
        put(
                "fr",
                "le la les l un une des du de d au aux à en dans par pour sur sous avec sans entre vers chez et ou mais ne pas plus moins très aussi que"
                        + " qu qui quoi quel quelle quels quelles quand où comment pourquoi combien est sont était étaient été être sera a ont avait avaient"
                        + " avoir il elle ils elles on nous vous je tu se s son sa ses leur leurs ce cet cette ces y si comme depuis pendant selon après avant"
                        + " c n lors ainsi cependant");
        put("zh", "什么 多少 哪里 哪个 哪些 哪一 一个 如何 怎么 为什 何时 谁的 是谁 是什 是多 在哪 的是 了多 有多 个是 么时 时候");
    }

    private FunctionWords() {}

    /** @param language ISO 639-1, or {@code und} */
    public static Set<String> of(String language) {
        return BY_LANGUAGE.getOrDefault(language, Set.of());
    }

    private static void put(String language, String words) {
        BY_LANGUAGE.put(language, Set.of(dedupe(words.toLowerCase(Locale.ROOT))));
    }

    private static String[] dedupe(String words) {
        return Arrays.stream(words.split(" ", -1)).distinct().toArray(String[]::new);
    }
}
