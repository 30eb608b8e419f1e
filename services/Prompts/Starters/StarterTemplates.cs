using System.Text.Json;
using LLMoin.Contracts;
using LLMoin.Prompts.Templates;
using LLMoin.ServiceDefaults.Database;

namespace LLMoin.Prompts.Starters;

/// <summary>
/// Puts the templates that come with the platform into the database, where every tenant reads them and none writes: a file that
/// changed becomes a new version at the next start. Each is a <c>.json</c> with the facts beside a <c>.liquid</c> with the body.
/// </summary>
internal sealed partial class StarterTemplates(TenantDatabase database, ILogger<StarterTemplates> logger) : IHostedService
{
    private const string Platform = "*";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(Platform, Platform, cancellationToken);
        // Replicas that start together take turns.
        await transaction.ExecuteAsync("select pg_advisory_xact_lock(hashtext('llmoin-starters'))", null, cancellationToken);
        var saved = 0;
        foreach (var (id, input) in Read())
            saved += await SaveAsync(transaction, id, input, cancellationToken) ? 1 : 0;
        await transaction.CommitAsync(cancellationToken);
        LogSaved(saved);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal static IEnumerable<(Guid Id, TemplateInput Input)> Read()
    {
        var assembly = typeof(StarterTemplates).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Starters/", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal)))
        {
            var starter = JsonSerializer.Deserialize<Starter>(Text(name), ContractJson.Web)!;
            var input = starter.Template with { Body = Text(Path.ChangeExtension(name, ".liquid")).TrimEnd() };
            if (input.Check() is { } problem)
                throw new InvalidOperationException($"{name}: {problem.Detail}");
            yield return (starter.Id, input);
        }

        string Text(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is missing."));
            return reader.ReadToEnd().ReplaceLineEndings("\n");
        }
    }

    private static async Task<bool> SaveAsync(TenantTransaction transaction, Guid id, TemplateInput input, CancellationToken cancellation)
    {
        var content = input.ToContent();
        var current = await TemplateStore.FindAsync(transaction, id, cancellation);
        if (current is not null && current.Name == input.Name && current.ToContent().SaysTheSameAs(content))
            return false;
        var version = (current?.Version ?? 0) + 1;
        await transaction.ExecuteAsync(
            """
            insert into templates (id, tenant, owner, scope, name, version, published_version) values (@id, @Platform, @Platform, 'all', @Name, @version, @version)
            on conflict (id) do update set name = excluded.name, version = excluded.version, published_version = excluded.published_version
            """, new { id, Platform, input.Name, version }, cancellation);
        await TemplateStore.AddVersionAsync(transaction, id, version, Platform, Platform, input.Name!, content, cancellation);
        await TemplateStore.PublishVersionAsync(transaction, id, version, TemplateScope.All, Platform, null, null, cancellation);
        return true;
    }

    private sealed record Starter(Guid Id, TemplateInput Template);

    [LoggerMessage(LogLevel.Information, "{Count} starter templates are new or changed")]
    private partial void LogSaved(int count);
}
