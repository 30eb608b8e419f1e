using System.Collections.Frozen;

namespace LLMoin.Extractive.Text;

/// <summary>German and English function words, question words included; compared after <see cref="GermanTokens.Fold"/>.</summary>
internal static class StopWords
{
    public static readonly FrozenSet<string> German = Folded(
        """
        aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus außer bei beim bin bis bist bitte da dabei
        dadurch dafür dagegen daher dahin damit danach daneben dann daran darauf daraus darf darfst darin darüber darum das dass dasselbe davon davor dazu
        dazwischen dein deine deinem deinen deiner dem demnach den denen denn der deren dergleichen des deshalb dessen desto die dies diese dieselbe diesem
        diesen dieser dieses doch dort du durch dürfen ein eine einem einen einer eines einige einigen einiger einiges eigentlich entweder er es etwa etwas
        euch euer eure für gar gegen gemäß genau gewesen gibt geht ging hab habe haben hat hatte hatten hätte hätten her hier hierbei hierfür hierzu hin
        hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins insbesondere inwieweit inwiefern irgend ist ja je jede jedem jeden jeder
        jedes jedoch jemand jene jenem jenen jener jenes jeweils jeweilige jetzt kann kannst kein keine keinem keinen keiner keines können könnt könnte könnten
        lässt lassen mal man manche mein meine meinem meinen meiner mich mir mit möchte möchten muss musst müssen müsste nach nämlich neben nein nicht nichts
        noch nun nur ob oben oder ohne per pro sehr seid sein seine seinem seinen seiner seines seit selbst sich sie sind so sofern sogar solche solchem
        solchen solcher solches soll sollen sollte sollten somit sondern sonst soweit sowie sowohl stets trotz über um und uns unser unsere unserem unseren
        unter usw viel viele vielen vom von vor wann war waren warst warum was wäre wegen weil weiter welche welchem welchen welcher welches wem wen wenn wer
        werde werden wessen weshalb wie wieder wieso wieviel will wir wird wirst wo wobei wodurch wofür wogegen woher wohin wollen womit wonach woran worauf
        woraus worin worüber wovon wozu wurde wurden würde würden während wäre zu zum zur zwar zwischen bzw vgl ggf ca abs satz gilt gelten gerne danke hallo
        mehr ganz immer schon eben bereits zb dh etc ihrerseits beziehungsweise steht stehen sagt sagen macht gern mal eigenen eigene sei seien hoch lange groß
        oft teuer gibts
        """);

    public static readonly FrozenSet<string> English = Folded(
        """
        a about after all also am an and any are as at be because been before being between both but by can could did do does doing don down during each few
        for from further had has have having he her here hers him his how i if in into is it its just let like may me might more most much many must my no nor
        not now of off on once only or other our out over own please same shall she should so some such than that the their them then there these they this
        those through to too under until up upon us very was we were what when where which while who whom whose why will with within would you your long often
        """);

    /// <summary>Words of asking that carry little of what is asked about; they weigh less than subject words.</summary>
    public static readonly FrozenSet<string> Weak = Folded(
        """
        brauche brauchen braucht benötige benötigen benötigt bekomme bekommen bekommt erhalte erhalten erhält machen mache tun muß nötig notwendig
        möglich geben nehmen kommen passiert geschieht geschehen finde finden findet heißt bedeutet bedeuten stelle stellen gestellt
        möglichkeit zuständig person personen leute mensch menschen jemanden gelten regelt regeln geregelt vorgesehen informationen information
        wissen kosten kostet koste gekostet betragen beträgt zahlen zahle zahlt bezahlen bezahlt dauert dauern dauer frist fristen höhe zeit zeitpunkt tage
        ort stadt gemeinde datum uhr uhrzeit euro betrag dokument text abschnitt hoher hohe wichtig alter nummer telefonnummer telefon mail adresse anschrift erreiche erreichen erreichbar
        need get cost costs much take takes pay find does
        """);

    private static FrozenSet<string> Folded(string words)
        => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(GermanTokens.Fold).ToFrozenSet(StringComparer.Ordinal);
}
