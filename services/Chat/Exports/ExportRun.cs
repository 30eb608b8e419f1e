using System.Text.Json;
using LLMoin.Chat.Functions.Drafts;
using LLMoin.Chat.Functions.Runs;
using LLMoin.Chat.TenantSettings;
using LLMoin.Exports;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Chat.Exports;

/// <summary><c>GET /api/chat/runs/{id}/export</c>: one's own summary, report, draft or translation as a file on the tenant's paper.</summary>
internal static class ExportRun
{
    public static void Map(IEndpointRouteBuilder routes)
        => routes.MapGet("/api/chat/runs/{id:guid}/export", GetAsync).WithTags("Runs")
            .WithSummary("An own run's text as a file: format=md, docx or pdf; language=de or en; official=true once it is confirmed, without the notes for whoever works on it")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");

    private static async Task<Results<FileContentHttpResult, ProblemResult>> GetAsync(
        Guid id, Caller caller, RunReader reader, TenantSettingsStore settings, TimeProvider clock, CancellationToken cancellation, string format = "pdf", string language = "de",
        bool official = false)
    {
        if (ExportConversation.Format(format) is not { } wanted)
            return new ProblemResult(ProblemType.InvalidRequest, "It is md, docx or pdf.", "format", "Es ist md, docx oder pdf.");
        if (language is not ("de" or "en"))
            return new ProblemResult(ProblemType.InvalidRequest, "It is de or en.", "language", "Es ist de oder en.");
        if (await reader.FindAsync(caller, id, cancellation) is not { } run)
            return new ProblemResult(ProblemType.NotFound, "The run is not there.", null, "Den Vorgang gibt es nicht.");
        if (run.Text.Length == 0 || !RunStatus.IsOver(run.Status))
            return new ProblemResult(ProblemType.Conflict, "There is no text yet.", null, "Es gibt noch keinen Text.");
        if (official && run.ConfirmedAt is null)
            return new ProblemResult(
                ProblemType.Conflict, "A person confirms to have checked the text (POST …/confirmation) before it becomes an official document.", "official",
                "Bevor der Text ein amtliches Dokument wird, bestätigt ein Mensch, ihn geprüft zu haben.");

        var head = (await settings.FindAsync(caller.Tenant, cancellation))?.Letterhead;
        var order = run.Function == Draft.FunctionName ? JsonSerializer.Deserialize<DraftOrder>(await reader.OrderAsync(caller, id, cancellation) ?? "null", RunJson.Options) : null;
        var document = RunDocument.Of(run, order?.IsLetter == true ? order : null, head, language == "de" ? ExportLanguage.German : ExportLanguage.English, official, clock.GetUtcNow());
        var file = Exporter.Write(document, wanted);
        return TypedResults.File(file.Content, file.ContentType, file.FileName);
    }
}
