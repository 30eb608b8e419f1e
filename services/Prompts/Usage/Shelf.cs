using LLMoin.Prompts.Search;
using LLMoin.Prompts.Templates;
using LLMoin.Prompts.Tenancy;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Prompts.Usage;

/// <param name="Items">The last used first.</param>
internal sealed record RecentTemplates(IReadOnlyList<TemplateEntry> Items);

/// <summary>A person's own favourites and last used templates; nobody else reads them.</summary>
internal static class Shelf
{
    private const int MostRecent = 20;

    public static async Task<Results<NoContent, ProblemResult>> AddAsync(Guid id, Caller caller, PromptsDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await TemplateStore.FindAsync(transaction, id, cancellation) is null)
            return TemplateProblems.NotFound;
        await transaction.ExecuteAsync(
            "insert into favourites (tenant, user_id, template_id) values (@Tenant, @UserId, @id) on conflict do nothing",
            new { caller.Tenant, caller.UserId, id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.NoContent();
    }

    public static async Task<NoContent> RemoveAsync(Guid id, Caller caller, PromptsDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        await transaction.ExecuteAsync("delete from favourites where template_id = @id", new { id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.NoContent();
    }

    public static async Task<Ok<RecentTemplates>> RecentAsync(Caller caller, PromptsDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<EntryRow>(
            $"""
             select {EntryRow.Columns}, '' as place_text, 0::bigint as place_number
             from recent_uses r join templates t on t.id = r.template_id
               join template_versions v on v.template_id = t.id and v.version = {TemplateRow.Shown}
               left join template_counts c on c.template_id = t.id
               left join favourites f on f.template_id = t.id
             where t.deprecated_at is null order by r.used_at desc limit @MostRecent
             """, new { MostRecent }, cancellation);
        return TypedResults.Ok(new RecentTemplates([.. rows.Select(row => row.ToEntry())]));
    }
}
