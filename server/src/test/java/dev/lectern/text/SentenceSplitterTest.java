package dev.lectern.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.text.SentenceSplitter.LineBreaks;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In the tables, {@code #} stands between two sentences. */
class SentenceSplitterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "hi  | यह पहला वाक्य है। # यह दूसरा है। # क्या यह तीसरा है?",
                "hi  | डॉ. शर्मा आज आए। # वे कल जाएंगे।",
                "mr  | हे पहिले आहे. # हे दुसरे आहे.",
                "bn  | আমি ভাত খাই। # তুমি কী খাও?",
                "ur  | آج موسم اچھا ہے۔ # ہم باہر جائیں گے۔ # کیا تم آؤ گے؟ # ہاں۔",
                "ar  | هل أنت بخير؟ # نعم، أنا بخير. # شكرا!",
                "fa  | این کتاب است. # آیا آن را خواندی؟ # بله.",
                "hy  | Սա առաջինն է։ # Սա երկրորդն է։",
                "am  | ይህ መጀመሪያ ነው። # ይህ ሁለተኛ ነው፧ # አዎ።",
                "am  | ይህ መጀመሪያ ነው፡፡ # ይህ ሁለተኛ ነው፡፡",
                "zh  | 今天天气很好。 # 我们去公园吧！ # 你来吗？",
                "zh  | 他说：“真的吗？” # 她笑了。 # “是的。” # 版本是3.5。",
                "zh  | 我用Node.js和v2.1。 # OK! # 很好。",
                "ja  | 今日は晴れです。 # 「本当ですか？」 # はい、そうです！",
                "ko  | 오늘은 맑습니다. # 내일은 비가 옵니다.",
                "km  | ខ្ញុំទៅផ្សារ។ # អ្នកនៅផ្ទះ។",
                "my  | မြန်မာစာ။ # စာအုပ်။",
                "ru  | Он родился в 1990 г. в Москве. # Потом, т. е. позже, он уехал.",
                "el  | Πού είναι; # Είναι εδώ.",
                "he  | זה משפט אחד. # זה משפט שני.",
                "sa  | धर्मक्षेत्रे कुरुक्षेत्रे। # मामकाः पाण्डवाश्चैव॥ # सञ्जय उवाच॥",
                "ps  | دا لومړی دی۔ # دا دوهم دی۔",
                "km  | ខ្ញុំទៅផ្សារ៕ # អ្នកនៅផ្ទះ៕",
                "ja  | はい｡ # いいえ｡ # そうです。",
                "ti  | እዚ ቀዳማይ እዩ። # እዚ ካልኣይ እዩ፨",
                "bo  | བཀྲ་ཤིས་བདེ་ལེགས། # ཁྱེད་རང་སྐུ་གཟུགས་བདེ་པོ་ཡིན་པས།",
                "vi  | Hôm nay trời đẹp. # Chúng ta đi thôi!",
            })
    void of_everyScript_endsAtItsMarks(String language, String sentences) {
        check(language, sentences);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "en | Dr. J. R. Smith of the U.S. Navy paid 3.5 million. # He left (c. 1450) with e.g. two men.",
                "en | Mr. and Mrs. Jones met Prof. Lee, i.e. Ann. # They left.",
                "en | Meet at 5 p.m. Monday. # We met at 5 p.m. # Then we left.",
                "en | It opens at 9 a.m. in summer. # It closes at 6 p.m.",
                "en | The crane is booked for 7 a.m. # The kiln comes at 8 a.m. on 22 May.",
                "en | It starts at 7 A.M. sharp, at 10:30 p.m. local time. # We go at 7 a.m. # It is early.",
                "en | It opens at 7 a.m. and closes at 8 p.m. # Doors lock at 9 p.m. # Visitors leave.",
                "und | The crane is booked for 7 a.m. # The kiln comes at 8 p.m. # Es ist spät.",
                "en | Use tools, e.g. Hammers or saws, i.e. Metal ones. # See p. 12 and pp. 3-5 of vol. 2.",
                "fr | Il vit av. J.-C. en Gaule, p. ex. à Lyon. # M. Petit est né le 3 mai.",
                "it | Il sig. Rossi e la dott.ssa Bianchi abitano qui. # Vedi pag. 5.",
                "nl | Bijv. de heer Jansen, d.w.z. hij. # Zie blz. 5.",
                "pl | Spotkał prof. Kowalskiego, tzn. Jana. # Było to w 5. rozdziale.",
                "pt | O Sr. Silva e a Dra. Costa chegaram. # Veja a pág. 5.",
                "sv | Det gäller t.ex. äpplen, dvs. Frukt. # Se s. 5.",
                "en | He lives in the U.S. # The house is old.",
                "en | Acme Inc. and Foo Ltd. merged. # It works for Acme Inc. # They pay well.",
                "en | See Fig. 3. # Then read Vol. II and No. 5. # The answer is no. # She left.",
                "en | He left the casino. # She stayed. # A DJ. # Another one.",
                "en | Take vitamin C. # The body needs it. # Henry V. won.",
                "en | Bring pens, paper, etc. # You can buy them here.",
                "en | Washington, D.C. is a city. # Smith et al. found it.",
                "en | It came on Jan. 5 and left in Feb. # The rest stayed.",
                "en | He led with 24. # The team won. # It was 1990. # Then it ended.",
                "de | Das gilt z. B. für Äpfel, d. h. Die Sorte ist egal. # Siehe S. 5. # Dort steht es.",
                "de | Er starb am 3. Oktober 1990. # Im 19. Jahrhundert war es bzw. blieb es so.",
                "de | Er trug die Nummer 24. # Die Mannschaft gewann. # Kaiser Wilhelm II. ging.",
                "de | Vgl. Abb. 3 und Nr. 7, Bd. 2. # Das kostet 3,5 Mio. Euro.",
                "de | Dr. Müller, Prof. Dr. Schmidt u. a. kamen. # Es war ca. 10 Uhr.",
                "es | El Sr. Gómez y la Dra. Ruiz viven en EE.UU. desde 1990. # ¿Qué pasa? # ¡Nada!",
                "es | Véase la pág. 5 y el núm. 3. # Luego siga.",
                "fr | M. Le Goff et Mme Petit sont là. # Ça va ? # Oui.",
                "cs | Narodil se 3. května 1990. # Potom odešel.",
                "und | Am 3. 10. 1990, dem 3. Oktober, war es so. # Es war gut.",
                "en | J. A. Smith wrote it. # A. The first option",
                "en | 1. First step. # 2. Second step.",
                "en | 2.1. Scope of this document. # It is short.",
            })
    void of_abbreviationsInitialsAndOrdinals_endNoSentence(String language, String sentences) {
        check(language, sentences);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "en | Version 10.2.1 is out. # It needs 3.5 GB.",
                "en | See https://example.org/a.b?c=d&e=f. # It is at www.example.org.",
                "en | Open file.txt, Node.js or 192.168.0.1:8080. # Done!",
                "en | It works... or not. # Wait... # What? # Wait… # Yes… no.",
                "en | Rye bread ........ 3.10 # Plum dumplings . . . . . . 7.20 EUR # Salmon, with rice ······ 18 # Wine ...... 4",
                "en | Chapter One ........ 5 # Annex B ……… 12 kg # It ends here. # See page 7.",
                "de | Felge .......... 45 € # Öl (1 l) ........ 12,50 € pro l # Luft .......",
                "en | Yahoo! announced it. # Really?! # “Was it so?” he asked. # Yes.",
                "en | He said \"go.\" # They went.[2] # It ended! # [3] Was it so?",
                "en | It is so.[2][3] # (It was not.) # [4, 5] Nobody knows.[citation needed] # End.",
                "en | It went up.¹ # It fell. # **Bold.** # Plain.",
                "de | „Geh!“ # Er ging. # »Komm!« # Sie kam. # „Gut.“",
                "fr | « Bonjour. » # Il entra.",
                "en | No mark at the end",
                "en | It rose. # 7 to 10 percent fell. # (80 of 100) stayed. # – So it was.",
                "de | Er floh. # 1187 griff er an. # Es enthält mehr Sauerstoff-18. # Meerestiere binden ihn.",
                "en | I am here to . . . submit to it. # It is called Foo etc. (see p. 5).",
                "zh | 无论如何……在没有的时候。",
                "en | He left.Then he came. # Next.",
            })
    void of_numbersAddressesQuotesAndMarkers_areKeptTogether(String language, String sentences) {
        check(language, sentences);
    }

    @Test
    void of_thai_endsAtSpacesBehindEnoughText() {
        String first = "ประเทศไทยเป็นประเทศที่ตั้งอยู่ในเอเชียตะวันออกเฉียงใต้ มีกรุงเทพมหานครเป็นเมืองหลวง";
        String second = "ภาษาราชการคือภาษาไทย และประชากรส่วนใหญ่นับถือศาสนาพุทธ";
        assertThat(split(first + " " + second, "th")).containsExactly(first, second);
    }

    @Test
    void of_lineBreaks_endSentences() {
        assertThat(split("Heading\n1. First step\n2. Second step.\n\n---\nSee Dr.\nSmith", "en"))
                .containsExactly("Heading", "1. First step", "2. Second step.", "See Dr.", "Smith");
    }

    @Test
    void split_continuedLines_endAtMarksAndEmptyLines() {
        String text = "A sentence goes\non with Dr.\r\nSmith. It ends.\n\n  A new\nparagraph";
        assertThat(split(text, LineBreaks.CONTINUE_SENTENCE))
                .containsExactly("A sentence goes\non with Dr.\r\nSmith.", "It ends.", "A new\nparagraph");
    }

    @Test
    void split_ofARange_givesOffsetsOfTheWholeText() {
        String text = "Before. 𝒜 first. Second one. After.";
        List<Span> spans =
                SentenceSplitter.split(text, new Span(8, text.indexOf(" After")), "en", LineBreaks.END_SENTENCE);
        assertThat(spans).extracting(span -> span.in(text)).containsExactly("𝒜 first.", "Second one.");
    }

    @Test
    void of_noText_givesNone() {
        assertThat(SentenceSplitter.of("", "en")).isEmpty();
        assertThat(SentenceSplitter.of(" \n… — \n", "und")).isEmpty();
    }

    private static void check(String language, String sentences) {
        boolean spaced = !List.of("zh", "ja").contains(language);
        String text = spaced ? sentences.replace(" # ", " ") : sentences.replace(" # ", "");
        assertThat(String.join(" # ", split(text, language))).isEqualTo(sentences);
    }

    private static List<String> split(String text, String language) {
        return SentenceSplitter.of(text, language).stream()
                .map(span -> span.in(text))
                .toList();
    }

    private static List<String> split(String text, LineBreaks lineBreaks) {
        return SentenceSplitter.split(text, new Span(0, text.length()), "und", lineBreaks).stream()
                .map(span -> span.in(text))
                .collect(Collectors.toList());
    }
}
