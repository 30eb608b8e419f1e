namespace LLMoin.Billing.Ledger.Verification;

/// <summary>What a verification found.</summary>
/// <param name="Tenant">Whose chain.</param>
/// <param name="Intact">Nothing was changed, removed, added or put elsewhere since it was booked.</param>
/// <param name="Entries">How many entries were found in order.</param>
/// <param name="LastHash">Of the last of them, lower-case hexadecimal; worth keeping elsewhere. Zeros where there is none.</param>
/// <param name="Fault">The first thing that is wrong; null where nothing is.</param>
internal sealed record LedgerReport(string Tenant, bool Intact, long Entries, string LastHash, LedgerFault? Fault);

/// <summary>The first thing that is wrong with a chain.</summary>
/// <param name="Seq">At which place.</param>
/// <param name="UsageId">The entry or claim there; null where it is not known.</param>
/// <param name="Kind">
/// <c>changed</c>: does not fit its seal; <c>missing</c>: a place is empty; <c>repeated</c>: a place is taken twice; <c>unclaimed</c>: was never
/// received; <c>end</c>: the chain does not end where it did; <c>unbooked</c>: was received and is gone; <c>anchor</c>: is not what is known of it elsewhere.
/// </param>
/// <param name="Detail">In English.</param>
/// <param name="DetailDe">In German.</param>
internal sealed record LedgerFault(long Seq, Guid? UsageId, string Kind, string Detail, string DetailDe)
{
    public static LedgerFault Changed(LedgerEntry entry) => new(entry.Seq, entry.UsageId, "changed",
        $"Entry {entry.Seq} does not fit its hash: it or the entry before it was changed, or exchanged for another.",
        $"Eintrag {entry.Seq} passt nicht zu seinem Hashwert: Er oder der Eintrag davor wurde verändert oder vertauscht.");

    public static LedgerFault Missing(long seq) => new(seq, null, "missing",
        $"Entry {seq} is missing.", $"Eintrag {seq} fehlt.");

    public static LedgerFault Repeated(LedgerEntry entry) => new(entry.Seq, entry.UsageId, "repeated",
        $"Place {entry.Seq} of the chain is taken twice.", $"Die Stelle {entry.Seq} der Kette ist doppelt besetzt.");

    public static LedgerFault Unclaimed(LedgerEntry entry) => new(entry.Seq, entry.UsageId, "unclaimed",
        $"Entry {entry.Seq} was never claimed: it did not come the way that usage comes.",
        $"Eintrag {entry.Seq} wurde nie angemeldet: Er kam nicht auf dem Weg, auf dem Nutzung gebucht wird.");

    public static LedgerFault End(long seq, long head) => new(seq, null, "end",
        $"The chain ends at {seq}, its recorded end is {head}, or has another hash: entries were cut off or added.",
        $"Die Kette endet bei {seq}, verzeichnet ist {head} oder ein anderer Hashwert: Es wurden Einträge abgeschnitten oder angehängt.");

    public static LedgerFault Unbooked(long seq, Guid usageId) => new(seq, usageId, "unbooked",
        $"Usage {usageId} was claimed and has no entry.", $"Zur angemeldeten Nutzung {usageId} fehlt der Eintrag.");

    public static LedgerFault Anchor(long seq) => new(seq, null, "anchor",
        $"Entry {seq} is missing or has another hash than the one given.", $"Eintrag {seq} fehlt oder hat einen anderen Hashwert als den genannten.");
}
