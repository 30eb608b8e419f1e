using System.Buffers;
using System.Collections.Frozen;

namespace LLMoin.Extractive.Sentences;

/// <summary>
/// What a full stop after a word means in German administrative prose. Nouns are capitalised in German, so a capital after the
/// stop decides nothing; these lists do: abbreviations that never end a sentence, those that may, and words that open one.
/// </summary>
internal static class Abbreviations
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouyäöüAEIOUYÄÖÜ");

    private static FrozenSet<string> Words(string list) => list.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Followed by what they shorten or introduce; a sentence does not end on them.</summary>
    public static readonly FrozenSet<string> NeverEnd = Words(
        """
        ca bzw vgl Vgl Dr Prof Dipl Ing Hr Fr Frl gem Gem lt Lt inkl Inkl exkl zzgl abzgl max min mind ggf Ggf evtl Evtl sog Sog bspw Bspw
        insb insbes einschl entspr zul St Tel Fax Hrsg hrsg geb gest verh bzgl Bzgl hinsichtl gesetzl öffentl jew jeweil allg Allg rd zw
        versch div betr Betr schriftl mündl landesrechtl z.B Z.B d.h D.h i.V.m i.S.d i.S.v i.H.v i.R.d i.Z.m z.T z.Zt z.Z u.U U.U v.a V.a
        o.g O.g u.g m.E i.d.R I.d.R s.u Mr Mrs Ms Jr No e.g i.e vs cf approx h.M u.a.m i.A i.V i.Allg a.a.O
        """);

    /// <summary>Number words of the law: no end before a digit or Roman numeral (Abs. 3), else an ordinary word ("dieser Art.").</summary>
    public static readonly FrozenSet<string> TakeNumber = Words(
        """
        Abs Art Nr Nrn Ziff Rn Rz Buchst lit Lit Kap Anl Az Bd S Bl BGBl GVBl GVOBl ABl Drs Urt Beschl Aufl Ausg Abt Ref Tz Pkt Zi Tab Abb Hs Halbs Gl
        HmbGVBl RdNr Randnr Erl Bek
        """);

    /// <summary>May end a sentence: they do when a typical sentence opener follows.</summary>
    public static readonly FrozenSet<string> MayEnd = Words(
        """
        usw etc ff f Std Min Sek tgl Tgl wö mtl Mtl jährl Mio Mrd Tsd Co Inc Ltd Str str Pl Hbf Mo Di Mi Do Sa So Jan Feb Mrz Apr Jun Jul Aug Sep Sept
        Okt Nov Dez u.a U.a u.ä u.Ä o.ä o.Ä e.V a.F n.F s.o m.w.N o.a v.H p.a P.S u.v.m dgl Jh Jhd Pers Stk qm m.a.W GmbH mbH Bhf dgl
        """);

    private static readonly FrozenSet<string> Starters = Words(
        """
        Der Die Das Den Dem Des Ein Eine Einen Einem Einer Eines Im In Am An Auf Aus Bei Beim Bis Für Gegen Mit Nach Ohne Seit Von Vom Vor Zu Zum Zur
        Über Um Unter Durch Wer Wie Was Wo Wann Warum Weshalb Welche Welcher Welches Wenn Falls Sofern Soweit Sobald Solange Weil Da Dass Ob Obwohl
        Während Nachdem Bevor Damit Sie Er Es Ich Wir Ihr Ihre Ihren Ihrem Ihrer Sein Seine Unser Unsere Dieser Diese Dieses Diesem Diesen Dies Jeder
        Jede Jedes Alle Allen Alles Andere Auch Nur Nicht Kein Keine Keinen Hier Hierzu Hierbei Hierfür Dort Dazu Dabei Dafür Daher Deshalb Deswegen
        Danach Dann Darüber Daneben Dagegen Darin Davon Dadurch Dementsprechend Sonst Sonstige Ferner Zudem Außerdem Zusätzlich Weitere Weiterhin
        Jedoch Allerdings Aber Und Oder Denn Doch So Somit Folglich Bitte Soll Sollte Sollten Ist Sind Hat Haben Wird Werden Kann Können Muss Müssen
        Darf Dürfen Beachten Beträgt Insbesondere Mehr Mehrere Solche Manche Viele Wegen Trotz Innerhalb Außerhalb Anschließend Zunächst Zuständig
        Maßgeblich Erforderlich Gemäß Laut Man Hiervon Hiermit Ausgenommen Unberührt Entsprechendes Satz Absatz The A This These It In If We You
        """);

    private static readonly FrozenSet<string> Months = Words(
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember Jan Feb Mär Apr Jun Jul Aug Sep Okt Nov Dez Jänner");

    /// <summary>Words before which "3." is an ordinal when a noun follows: "der 3. Nachtrag", "zum 15. Kalendertag".</summary>
    private static readonly FrozenSet<string> OrdinalGovernors = Words(
        "der die das den dem des zum zur am vom im ab bis beim als jeder jede jedes jeden jedem seit ein eine einer eines einen einem Der Die Das Den Dem Des Zum Zur Am Vom Im Ab Bis Beim Als Seit Jeder Jede und oder Friedrich Wilhelm Kaiser König");

    public static bool OpensSentence(string word) => Starters.Contains(word);

    public static bool IsMonth(string word) => Months.Contains(word);

    public static bool GovernsOrdinal(string word) => OrdinalGovernors.Contains(word);

    public static bool IsRoman(string token) => token.Length is > 0 and <= 5 && token.AsSpan().IndexOfAnyExcept("IVX") < 0;

    /// <summary>Short and without a vowel, like "Mwst" or "Stk": almost surely an abbreviation; "BGB" is a name.</summary>
    public static bool LooksShortened(string token)
        => token.Length is >= 2 and <= 5 && token.AsSpan().IndexOfAny(Vowels) < 0 && token.AsSpan()[1..].IndexOfAnyExceptInRange('A', 'Z') >= 0
           && token.All(char.IsLetter);

    /// <summary>The run of letters that starts at <paramref name="start"/>; empty if there is none.</summary>
    public static string WordAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsLetter(text[end])) end++;
        return text[start..end];
    }
}
