using LLMoin.Billing.Csv;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Billing.OwnData;

/// <summary>Everything that billing keeps about the caller (Art. 15 and 20 GDPR). Nobody else's can be asked for; no text of anybody is in it.</summary>
internal static class OwnDataApi
{
    private static readonly string Names = string.Join(", ", OwnDataPart.All.Select(part => part.Name));

    public static void MapOwnData(this RouteGroupBuilder own)
        => own.MapGet("/own-data", Export).Produces<byte[]>(contentType: "application/json").Produces<byte[]>(contentType: "text/csv")
            .WithSummary("Everything that billing keeps about oneself, of all months: as JSON, or part by part as CSV (every person)");

    /// <param name="caller">Whose data.</param>
    /// <param name="database">Where it is.</param>
    /// <param name="context">The request.</param>
    /// <param name="format"><c>json</c> or <c>csv</c>.</param>
    /// <param name="part">Which part as CSV: <c>entries</c>, <c>days</c> or <c>analytics</c>; JSON has them all.</param>
    private static Results<PushStreamHttpResult, ProblemResult> Export(
        Caller caller, BillingDatabase database, HttpContext context, string format = "json", string part = "entries")
    {
        if (format is not ("json" or "csv"))
            return new ProblemResult(ProblemType.InvalidRequest, "format is json or csv.", "format", "format ist json oder csv.");
        if (OwnDataPart.All.FirstOrDefault(one => one.Name == part) is not { } wanted)
            return new ProblemResult(ProblemType.InvalidRequest, $"part is one of {Names}.", "part", $"part ist eines von {Names}.");

        context.Response.Headers.CacheControl = "no-store";
        var gone = context.RequestAborted;
        return format == "json"
            ? TypedResults.Stream(stream => OwnDataWriter.WriteJsonAsync(stream, caller, database, gone), "application/json", "billing-own-data.json")
            : TypedResults.Stream(stream => OwnDataWriter.WriteCsvAsync(stream, wanted, caller, database, gone), CsvTable.ContentType, $"billing-own-{part}.csv");
    }
}
