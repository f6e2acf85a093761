package dev.lectern.text;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Abbreviations that are written with a point, in lower case and without their last point, of all languages together: few are words of another one. */
final class Abbreviations {
    /** Something always follows: titles before names, and what introduces an example or comparison. */
    private static final Set<String> NEVER_LAST = words("dr mr mrs prof vs cf e.g i.e viz approx"
            + " z.b d.h d.i u.a v.a o.g s.o s.u z.t i.d.r i.d.f bzw sog ggf evtl vgl bspw hrsg hrn frl dipl"
            + " sra sres srta dra ud uds p.ej p.ex mme mlle sig dott avv exmo exma dhr mevr bijv np tzn"
            + " t.ex d.v.s dvs bl.a f.eks p.es d.w.z o.a m.b.t m.in tj tzv např esim örn sig.ra dott.ssa"
            + " т.е напр им ул проф акад डॉ प्रो");

    /** A number, a Roman numeral or a letter follows; otherwise they are ordinary words ("The answer is no."). */
    private static final Set<String> REFERENCES = words(
            "no nos nr nrn ver fig figs eq eqs sec secs ch chap vol vols p pp art arts par para app tab ex ref refs"
                    + " s f ff abb abs bd bde kap anl ziff rn tel núm pág págs cap lám tom pag blz стр рис табл см гл"
                    + " jan feb mar apr jun jul aug sep sept oct okt nov dec dez ene abr ago dic janv févr juil avr déc § §§");

    /** They may end a sentence as well. */
    private static final Set<String> KNOWN = words(
            "etc usw ca ms hr fr inc ltd co corp jr sr st ave blvd rd mt ft dept univ assn bros al ed eds rev gen col lt sgt cpt capt maj"
                    + " adm hon gov sen rep pres msgr supt est max min resp incl excl misc cont ph.d b.sc m.sc ee.uu rr.hh ss.mm"
                    + " mrd mio tsd str pl geb gest verh jh jhd jahrh chr v.chr n.chr inkl exkl zzgl mwst allg ehem"
                    + " avda av env éd trad soc spa s.p.a tyt тыс руб млн млрд др пр г гг enz ev ul osv m.m m.fl itd itp atd stb vb");

    private Abbreviations() {}

    static boolean isNeverLast(String lowerCase) {
        return NEVER_LAST.contains(lowerCase);
    }

    static boolean isReference(String lowerCase) {
        return REFERENCES.contains(lowerCase);
    }

    static boolean isKnown(String lowerCase) {
        return KNOWN.contains(lowerCase);
    }

    static Set<String> words(String words) {
        return Arrays.stream(words.split(" ", -1)).collect(Collectors.toUnmodifiableSet());
    }
}
