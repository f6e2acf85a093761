package dev.lectern.text;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What number words stand for, in English, German, Spanish, French and Chinese or Japanese characters. */
final class NumberWords {
    private static final String ENGLISH =
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
    private static final String GERMAN =
            "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn";
    private static final String SPANISH =
            "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve";
    private static final String FRENCH =
            "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize";
    private static final String ORDINALS =
            "- - - third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth"
                    + " nineteenth twentieth";
    private static final String DIGITS = "〇一二三四五六七八九";

    private static final Map<String, Long> SMALL = new HashMap<>();
    private static final Map<String, Long> SCALES = new HashMap<>();
    private static final Map<String, Long> MONTHS = new HashMap<>();

    static {
        for (String row : new String[] {ENGLISH, GERMAN, SPANISH, FRENCH, ORDINALS}) {
            number(SMALL, row, 0, 1);
        }
        number(SMALL, "twenty thirty forty fifty sixty seventy eighty ninety", 20, 10);
        number(SMALL, "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", 20, 10);
        number(SMALL, "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa", 20, 10);
        number(SMALL, "vingt trente quarante cinquante soixante", 20, 10);
        SMALL.remove("-");
        SMALL.put("dozen", 12L);
        scale("hundred hundreds hundert cien ciento cent cents", 100L);
        scale("thousand thousands tausend mil mille", 1_000L);
        scale("million millions mn millionen mio millón millones", 1_000_000L);
        scale("billion billions bn milliarde milliarden mrd milliard milliards", 1_000_000_000L);
        scale("trillion trillions", 1_000_000_000_000L);
        number(MONTHS, "january february march april may june july august september october november december", 1, 1);
        number(MONTHS, "jan feb mar apr may jun jul aug sep oct nov dec", 1, 1);
        number(MONTHS, "januar februar märz april mai juni juli august september oktober november dezember", 1, 1);
        number(
                MONTHS,
                "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
                1,
                1);
        number(MONTHS, "janvier février mars avril mai juin juillet août septembre octobre novembre décembre", 1, 1);
    }

    private NumberWords() {}

    /** Below a hundred. */
    static @Nullable Long small(String word) {
        return SMALL.get(word);
    }

    /** A hundred, a thousand and so on. */
    static @Nullable Long scale(String word) {
        return SCALES.get(word);
    }

    /** 1 to 12. */
    static @Nullable Long month(String word) {
        return MONTHS.get(word);
    }

    /** 0 to 9 of a Chinese or Japanese character, -1 of any other. */
    static int digit(char c) {
        return switch (c) {
            case '零' -> 0;
            case '两', '兩' -> 2;
            default -> DIGITS.indexOf(c);
        };
    }

    /** 10, 100 and so on of a Chinese or Japanese character, 0 of any other. */
    static long power(char c) {
        return switch (c) {
            case '十' -> 10L;
            case '百' -> 100L;
            case '千' -> 1_000L;
            case '万', '萬' -> 10_000L;
            case '亿', '億' -> 100_000_000L;
            default -> 0L;
        };
    }

    private static void number(Map<String, Long> map, String words, long from, long step) {
        long value = from;
        for (String word : words.split(" ", -1)) {
            map.put(word, value);
            value += step;
        }
    }

    private static void scale(String words, long value) {
        for (String word : words.split(" ", -1)) {
            SCALES.put(word, value);
        }
    }
}
