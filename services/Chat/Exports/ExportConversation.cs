using LLMoin.Chat.TenantSettings;
using LLMoin.Exports;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Chat.Exports;

/// <summary><c>GET /api/chat/conversations/{id}/export</c>: one's own conversation as a file on the tenant's paper.</summary>
internal static class ExportConversation
{
    /// <summary>The first; the text's length bounds them sooner.</summary>
    private const int MostMessages = 5000;

    public static void MapExports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/chat/conversations/{id:guid}/export", GetAsync).WithTags("Conversations")
            .WithSummary("The open branch of an own conversation as a file: format=md, docx or pdf; language=de or en")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        ExportRun.Map(routes);
    }

    /// <summary>Null for a name that is no format.</summary>
    public static ExportFormat? Format(string name) => name switch
    {
        "md" => ExportFormat.Markdown,
        "docx" => ExportFormat.Docx,
        "pdf" => ExportFormat.Pdf,
        _ => null,
    };

    private static async Task<Results<FileContentHttpResult, ProblemResult>> GetAsync(
        Guid id, Caller caller, TenantDatabase database, TenantSettingsStore settings, TimeProvider clock, CancellationToken cancellation,
        string format = "pdf", string language = "de")
    {
        if (Format(format) is not { } wanted)
            return new ProblemResult(ProblemType.InvalidRequest, "It is md, docx or pdf.", "format", "Es ist md, docx oder pdf.");
        if (language is not ("de" or "en"))
            return new ProblemResult(ProblemType.InvalidRequest, "It is de or en.", "language", "Es ist de oder en.");

        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await transaction.SingleAsync<string>("select title from conversations where id = @id", new { id }, cancellation) is not { } title)
            return new ProblemResult(ProblemType.NotFound, "The conversation is not there.", null, "Die Unterhaltung gibt es nicht.");
        var messages = await transaction.QueryAsync<ExportedMessage>(
            """
            with recursive branch as (
              select m.id, m.parent_id, 0 as above from messages m join conversations c on c.id = m.conversation_id and c.leaf_id = m.id where c.id = @id
              union all
              select m.id, m.parent_id, above + 1 from messages m join branch on m.conversation_id = @id and m.id = branch.parent_id)
            select m.role, m.content, a.model, a.citations::text as citations, a.doubts::text as doubts, m.created_at
            from messages m join branch on branch.id = m.id left join answers a on a.id = m.answer_id
            order by branch.above desc limit @MostMessages
            """, new { id, MostMessages }, cancellation);

        var head = (await settings.FindAsync(caller.Tenant, cancellation))?.Letterhead;
        var document = ConversationDocument.Of(title, messages, head, language == "de" ? ExportLanguage.German : ExportLanguage.English, clock.GetUtcNow());
        var file = Exporter.Write(document, wanted);
        return TypedResults.File(file.Content, file.ContentType, file.FileName);
    }
}
