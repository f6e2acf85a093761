package dev.lectern.models.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.lectern.models.Embedder;
import dev.lectern.models.QuotablePassage;
import dev.lectern.models.QuoteOutcome;
import dev.lectern.models.QuoteOutcome.NothingFits;
import dev.lectern.models.QuoteOutcome.Quotes;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.text.TableContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SentenceQuoterTest {
    private static final Deadline LATER = new Deadline(Instant.MAX);
    private static final QuotablePassage TESLA = new QuotablePassage(
            1,
            "Nikola Tesla",
            "Tesla moved to New York in 1884. He worked for Edison there. He liked pigeons very much.",
            "en",
            0.9);
    private static final QuotablePassage RHINE = new QuotablePassage(
            2, "Rhine", "The Rhine rises in the Alps. It reaches the North Sea near Rotterdam.", "en", 0.4);

    private final Letters embedder = new Letters();
    private final SentenceQuoter quoter = new SentenceQuoter(embedder, new ExtractiveProperties(0.5));

    @Test
    void quote_answerInAPassage_quotesItsSentenceWordForWord() {
        Quotes quotes = (Quotes) quote("When did Tesla move to New York?", TESLA, RHINE);

        assertThat(texts(quotes, TESLA, RHINE)).contains("Tesla moved to New York in 1884.");
        assertThat(quotes.quotes()).hasSizeBetween(1, 2);
    }

    @Test
    void quote_rightPassageBehindAWrongOne_isFound() {
        QuotablePassage first = new QuotablePassage(1, "Rhine", RHINE.text(), "en", 0.9);
        QuotablePassage second = new QuotablePassage(2, "Nikola Tesla", TESLA.text(), "en", 0.8);

        Quotes quotes = (Quotes) quote("Which birds did Tesla like, pigeons?", first, second);

        assertThat(texts(quotes, first, second)).contains("He liked pigeons very much.");
    }

    @Test
    void quote_nameThatNoPassageSays_lowersTheConfidence() {
        double known = quote("When did Tesla move to New York?", TESLA, RHINE).confidence();

        assertThat(quote("When did Marconi move to New York?", TESLA, RHINE).confidence())
                .isLessThan(known - 0.1);
    }

    @Test
    void quote_lessSureThanConfigured_fitsNothing() {
        SentenceQuoter strict = new SentenceQuoter(embedder, new ExtractiveProperties(1));

        assertThat(strict.quote("Where do pigeons come from?", List.of(TESLA), false, ModelCallContext.probe(), LATER))
                .isInstanceOf(NothingFits.class);
    }

    @Test
    void quote_weakPassagesInAnUnknownLanguage_fitNothing() {
        QuotablePassage latin = new QuotablePassage(1, "Tesla", "Columbas valde amabat.", "la", 0.9);

        assertThat(quoter.quote("Columbas amabat?", List.of(latin), true, ModelCallContext.probe(), LATER))
                .isEqualTo(new NothingFits(0));
        assertThat(quoter.quote("Columbas amabat?", List.of(latin), false, ModelCallContext.probe(), LATER))
                .isInstanceOf(Quotes.class);
    }

    @Test
    void quote_misspeltName_isUnderstood() {
        assertThat(quote("When did Tessla move to New York?", TESLA)).isInstanceOf(Quotes.class);
    }

    @Test
    void quote_noPassages_fitsNothing() {
        assertThat(quote("When?")).isEqualTo(new NothingFits(0));
        assertThat(quote("When?", new QuotablePassage(1, "", " … ", "und", 0))).isEqualTo(new NothingFits(0));
    }

    @Test
    void quote_languageThatTheEmbedderDoesNotKnow_goesByWordsAlone() {
        QuotablePassage german = new QuotablePassage(
                1, "Tesla", "Er mochte Tauben sehr. Tesla zog im Jahr 1884 nach New York.", "de", 0.9);

        Quotes quotes = (Quotes) quote("Wann zog Tesla nach New York?", german);

        assertThat(embedder.embedded).isEmpty();
        assertThat(texts(quotes, german)).contains("Tesla zog im Jahr 1884 nach New York.");
    }

    @Test
    void quote_characters_areComparedInPairs() {
        QuotablePassage chinese = new QuotablePassage(1, "", "黑豹队的防守只丢了 308分。职业碗防守截锋以 11 分领先于全队。他们在季后赛中获胜。", "zh", 0.9);

        Quotes quotes = (Quotes) quote("黑豹队的防守丢了多少分？", chinese);

        assertThat(texts(quotes, chinese)).contains("黑豹队的防守只丢了 308分。");
    }

    @Test
    void quote_manySentences_embedsEightAndQuotesNoneThatIsTooLong() {
        String text = ("Tesla and " + "word ".repeat(300) + "end. ").repeat(3) + "Tesla liked pigeons. ".repeat(60);

        Quotes quotes = (Quotes) quote("Did Tesla like pigeons?", new QuotablePassage(7, "", text, "en", 1));

        assertThat(embedder.embedded).hasSize(9);
        assertThat(quotes.quotes()).allMatch(quote -> quote.end() - quote.start() <= SentenceCandidates.MAX_LENGTH);
        assertThat(quotes.quotes()).allMatch(quote -> quote.number() == 7);
    }

    @Test
    void quote_sameSentenceInTwoPassages_isQuotedOnce() {
        QuotablePassage copy = new QuotablePassage(2, "Copy", TESLA.text(), "en", 0.9);

        Quotes quotes = (Quotes) quote("When did Tesla move to New York?", TESLA, copy);

        assertThat(texts(quotes, TESLA, copy)).doesNotHaveDuplicates();
    }

    @Test
    void quote_headingThatRepeatsTheQuestion_doesNotAnswer() {
        QuotablePassage guide = new QuotablePassage(
                1, "", "Change the port\nSet the variable LECTERN_PORT before you change the port.", "en", 1);

        Quotes quotes = (Quotes) quote("How do I change the port?", guide);

        assertThat(texts(quotes, guide).getFirst()).startsWith("Set the variable");
    }

    @Test
    void quote_sentenceThatAnnounces_isQuotedWithWhatFollows() {
        QuotablePassage formats =
                new QuotablePassage(1, "", "These formats are supported:\nJPEG, PNG and GIF.\nNothing else.", "en", 1);

        Quotes quotes = (Quotes) quote("Which formats are supported?", formats);

        assertThat(texts(quotes, formats)).contains("These formats are supported:\nJPEG, PNG and GIF.");
    }

    @Test
    void quote_tables_quotesTheRowAndNeitherHeaderNorNeighbour() {
        String cities =
                "City | Region | Hotel limit\nMunich | South | 140\nStuttgart | South | 131\nAugsburg | South | 121";
        QuotablePassage begin = table(1, cities, "City | Region | Hotel limit");
        QuotablePassage rest = table(2, "Kiel | North | 118\nHusum | North | 99", "City | Region | Hotel limit");

        assertThat(texts((Quotes) quote("What is the hotel limit of the city Augsburg?", begin, rest), begin, rest))
                .containsExactly("Augsburg | South | 121");
        assertThat(texts(
                        (Quotes) quote("What is the hotel limit in the region South in Stuttgart?", begin, rest),
                        begin,
                        rest))
                .containsExactly("Stuttgart | South | 131");
        assertThat(texts((Quotes) quote("What is the hotel limit of the city Husum?", begin, rest), begin, rest))
                .containsExactly("Husum | North | 99");
    }

    @Test
    void quote_columnThatOnlyTheHeaderNames_findsTheRow() {
        String text = "TS-0086 | 410 | 17.5\nTS-0087 | 400 | 18.0\nTS-0078 | 401 | 18.1";
        QuotablePassage sensors = table(1, text, "Sensor | CO2 December | Peak September");

        Quotes quotes = (Quotes) quote("What was the CO2 value of TS-0087 in December?", sensors);

        assertThat(texts(quotes, sensors)).containsExactly("TS-0087 | 400 | 18.0");
        assertThat(embedder.embedded).contains("Sensor TS-0087 · CO2 December: 400 · Peak September: 18.0");
    }

    @Test
    void quote_similarIdentifiers_quotesTheSentenceWithTheOneAsked() {
        QuotablePassage releases = new QuotablePassage(
                1,
                "",
                "Release 10.2.10 keeps the layers of an exported image and what changed in them."
                        + " Version 10.21.0 changed the version of the format."
                        + " Version 10.2.1 fixed a crash on start.",
                "en",
                1);

        Quotes quotes = (Quotes) quote("What changed in version 10.2.1?", releases);

        assertThat(texts(quotes, releases)).contains("Version 10.2.1 fixed a crash on start.");
    }

    @Test
    void quote_headingThatNamesTheIdentifier_quotesWhatStandsBelowIt() {
        QuotablePassage releases = new QuotablePassage(
                1,
                "",
                "10.2.1\n\nFixed a crash on start.\n\n10.2.10\n\nThe export keeps layers.\n\n10.21.0\n\nDropped old systems.",
                "en",
                1);
        QuotablePassage invoices = new QuotablePassage(
                1,
                "",
                "Invoice no. 90417\nTotal due: 2,210 EUR\n\nInvoice no. 90419\nTotal due: 3,905 EUR\n\nInvoice no. 90420\nTotal due: 611 EUR",
                "en",
                1);

        assertThat(texts(quoteAnything("What changed in 10.2.10?", releases), releases))
                .contains("The export keeps layers.")
                .doesNotContain("10.2.10", "10.2.1");
        assertThat(texts(quoteAnything("What is the total due of invoice 90419?", invoices), invoices))
                .contains("Total due: 3,905 EUR")
                .doesNotContain("Total due: 2,210 EUR", "Total due: 611 EUR");
    }

    @Test
    void quote_valueBelowItsName_isQuotedWithTheName() {
        QuotablePassage readings = new QuotablePassage(
                1, "", "Meter reading of Tuesday\n\n31902\n\nMeter reading of Wednesday\n\n31951", "en", 1);

        assertThat(texts((Quotes) quote("What was the meter reading on Wednesday?", readings), readings))
                .contains("Meter reading of Wednesday\n\n31951");
    }

    @Test
    void quote_wordsOfOneColumn_areMoreThanWordsOfSeveral() {
        QuotablePassage sensors = table(
                1,
                "id: TS-0087 | humidity September: 30 | peak temperature October: 29.6\n"
                        + "id: TS-0087 | mean temperature September: 17.1 | peak temperature September: 18.0",
                "");

        assertThat(texts((Quotes) quote("What was the peak temperature of TS-0087 in September?", sensors), sensors)
                        .getFirst())
                .contains("18.0");
    }

    @Test
    void quote_textBesideATable_isQuotedAsSentences() {
        String text =
                "The limits hold from May. Ask Ms Meyer.\n\nCity | Hotel limit\nMunich | 140\n\nBreakfast is paid by the guest.";
        QuotablePassage limits = table(1, text, "City | Hotel limit");

        assertThat(texts((Quotes) quote("Who pays the breakfast of the guest?", limits), limits))
                .contains("Breakfast is paid by the guest.");
        assertThat(texts((Quotes) quote("From when do the limits hold?", limits), limits))
                .contains("The limits hold from May.");
    }

    @Test
    void quote_severalRowsFitAlike_quotesAllOfThemUnlessTheyAreMany() {
        String rows =
                "Foundry | Lund | F-11\nFoundry | Weir | F-12\nPaint | Marsh | P-04\nFoundry | Sato | F-13\nStores | Abbot | S-01";
        QuotablePassage staff = table(1, "Team | Name | Desk\n" + rows, "Team | Name | Desk");
        QuotablePassage many =
                table(1, "Team | Name\n" + "Foundry | Somebody\n".repeat(EqualRows.MAX + 1), "Team | Name");

        assertThat(texts(quoteAnything("Who works in the team Foundry?", staff), staff))
                .containsExactly("Foundry | Lund | F-11", "Foundry | Weir | F-12", "Foundry | Sato | F-13");
        assertThat(texts(quoteAnything("Which desk has Weir?", staff), staff)).containsExactly("Foundry | Weir | F-12");
        assertThat(texts(quoteAnything("Who is in the team Paint and what is the desk of Abbot?", staff), staff))
                .containsExactly("Paint | Marsh | P-04", "Stores | Abbot | S-01");
        assertThat(texts(quoteAnything("Who works in the team Foundry?", many), many))
                .hasSize(1);
    }

    @Test
    void quote_rowThatNamesWhatIsAsked_isNotFollowedByOtherThings() {
        QuotablePassage boats = table(1, "Boat | Berth\nAlbatros | A2\nHeron | B7", "Boat | Berth");
        QuotablePassage fees =
                new QuotablePassage(2, "Fees", "The fee of a berth is collected at night by the watch.", "en", 0.9);

        assertThat(texts((Quotes) quote("At which berth is the Albatros?", boats, fees), boats, fees))
                .containsExactly("Albatros | A2");
    }

    @Test
    void quote_sentenceThatOnlyRepeatsTheQuestion_isQuotedWithWhatItIsAbout() {
        QuotablePassage orders = new QuotablePassage(
                1,
                "",
                "Order PO-55120\n\nDelivered to Nordby Dairy.\n\nOrder PO-55121\n\nDelivered to Castle Bakery.",
                "en",
                1);

        assertThat(texts(quoteAnything("Which order was delivered to Castle Bakery?", orders), orders))
                .containsExactly("Order PO-55121", "Delivered to Castle Bakery.");
    }

    @Test
    void quote_field_isAnAnswerAndNoHeading() {
        QuotablePassage dinghy = new QuotablePassage(
                1,
                "Dinghy",
                "tags: wood, varnish\n\nkeeper: Tom Arden\n\nbudget: 4300\n\nThe hull is sanded.",
                "en",
                1);

        assertThat(texts(quoteAnything("Who is the keeper of the dinghy?", dinghy), dinghy))
                .contains("keeper: Tom Arden")
                .doesNotContain("tags: wood, varnish");
        assertThat(texts(quoteAnything("What is the budget of the dinghy?", dinghy), dinghy))
                .contains("budget: 4300");
    }

    @Test
    void quote_mail_prefersWhatTheLastOneSaysToWhatItQuotes() {
        QuotablePassage german = mail(
                "die Fähre bekommt den Liegeplatz 14, weil Platz 9 gesperrt ist.\n\nAm 01.06.2025 um 17:12 schrieb Katja Lim:\n\n"
                        + "die Fähre bekommt den Liegeplatz 9.",
                "de");
        QuotablePassage outlook = mail(
                "after the talk with the maker the rollers cost 1,150 euros each.\n\nFrom: Igor Salo\nSent: Wednesday, June 4, 2025\n"
                        + "To: Mary Dunn\n\nthe rollers cost 1,420 euros.",
                "en");
        QuotablePassage forwarded = mail(
                "For your files.\n\nGas alarm\n\nFrom: Max Reed\nTo: Ann Poe\nDate: 4 June 2025\n\nThe alarm was caused by a leaking bottle.",
                "en");

        assertThat(texts(quoteAnything("Welchen Liegeplatz bekommt die Fähre?", german), german))
                .first(STRING)
                .contains("14");
        assertThat(texts(quoteAnything("What do the rollers cost?", outlook), outlook))
                .anyMatch(quote -> quote.contains("1,150"))
                .noneMatch(quote -> quote.contains("1,420"));
        assertThat(texts(quoteAnything("What caused the alarm?", forwarded), forwarded))
                .contains("The alarm was caused by a leaking bottle.");
    }

    @Test
    void quote_headOfAMail_answersWhoWroteToWhom() {
        QuotablePassage mail = mail("the kiln comes on 22 May. The crane is booked.", "en");

        for (String question : List.of(
                "Who was copied on the mail about the kiln?",
                "Who was in copy?",
                "Who sent this email about the kiln?",
                "Who wrote this?")) {
            assertThat(texts(quoteAnything(question, mail), mail))
                    .contains("From: Ines Roth\nTo: Paul Adeyemi\nCc: Lena Voss\nDate: Tue, 18 Mar 2025")
                    .noneMatch(quote -> quote.startsWith("Subject"));
        }
        assertThat(texts(quoteAnything("When does the kiln come?", mail), mail)).contains("the kiln comes on 22 May.");
    }

    @Test
    void quote_similarName_isNotTheOneAskedFor() {
        QuotablePassage people = new QuotablePassage(
                1,
                "",
                "Marion Kessler runs the archive. Mario Kessler runs the print shop. Alexander Petrov buys. Alexandra Petrova sells.",
                "en",
                1);

        assertThat(texts(quoteAnything("What does Mario Kessler run?", people), people))
                .contains("Mario Kessler runs the print shop.")
                .doesNotContain("Marion Kessler runs the archive.");
        assertThat(texts(quoteAnything("What does Alexandra Petrova do?", people), people))
                .contains("Alexandra Petrova sells.")
                .doesNotContain("Alexander Petrov buys.");
    }

    private static QuotablePassage mail(String body, String language) {
        String head = "From: Ines Roth\nTo: Paul Adeyemi\nCc: Lena Voss\nDate: Tue, 18 Mar 2025\nSubject: Re: Kiln\n\n";
        return new QuotablePassage(1, "Re: Kiln", head + body, language, 1);
    }

    private static QuotablePassage table(int number, String text, String columns) {
        return new QuotablePassage(number, "", text, "en", TableContext.parse(columns), 1.0 / number);
    }

    @Test
    void quote_twice_isTheSame() {
        assertThat(quote("Where does the Rhine rise?", TESLA, RHINE))
                .isEqualTo(quote("Where does the Rhine rise?", TESLA, RHINE));
    }

    private QuoteOutcome quote(String question, QuotablePassage... passages) {
        return quoter.quote(question, List.of(passages), false, ModelCallContext.probe(), LATER);
    }

    private Quotes quoteAnything(String question, QuotablePassage passage) {
        return (Quotes) new SentenceQuoter(embedder, new ExtractiveProperties(0))
                .quote(question, List.of(passage), false, ModelCallContext.probe(), LATER);
    }

    private static List<String> texts(Quotes quotes, QuotablePassage... passages) {
        return quotes.quotes().stream()
                .map(quote -> passages[quote.number() - 1].text().substring(quote.start(), quote.end()))
                .toList();
    }

    /** Knows English and embeds a text as the counts of its letters. */
    private static final class Letters implements Embedder {
        final List<String> embedded = new ArrayList<>();

        @Override
        public EmbedderFingerprint fingerprint() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<String> languages() {
            return Set.of("en");
        }

        @Override
        public int maxTokens() {
            return 512;
        }

        @Override
        public int countTokens(String text) {
            return text.length();
        }

        @Override
        public List<float[]> embedQuestions(List<String> wordings, ModelCallContext context, Deadline deadline) {
            return wordings.stream().map(this::embed).toList();
        }

        @Override
        public List<float[]> embedPassages(List<String> passages, ModelCallContext context, Deadline deadline) {
            return passages.stream().map(this::embed).toList();
        }

        private float[] embed(String text) {
            embedded.add(text);
            float[] counts = new float[26];
            text.toLowerCase(java.util.Locale.ROOT)
                    .chars()
                    .filter(c -> c >= 'a' && c <= 'z')
                    .forEach(c -> counts[c - 'a']++);
            double length = 0;
            for (float count : counts) {
                length += count * count;
            }
            for (int i = 0; i < counts.length; i++) {
                counts[i] /= (float) Math.sqrt(Math.max(length, 1));
            }
            return counts;
        }

        @Override
        public void close() {}
    }
}
