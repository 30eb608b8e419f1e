using LLMoin.Retrieval.Sources.Folders;
using LLMoin.Retrieval.Sources.SharePoint;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Retrieval.Sources;

/// <summary>What connected sources are made of.</summary>
internal static class SourceSetup
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(2);

    public static void AddSources(this IServiceCollection services)
    {
        services.AddValidatedOptions<SourceOptions>("Retrieval:Sources");
        services.AddValidatedOptions<SharePointOptions>("Retrieval:Sources:SharePoint");
        services.AddSingleton<SourceSchedule>();
        services.AddSingleton<SourceSync>();
        services.AddHostedService<SourceSyncLoop>();
        services.AddSingleton<ISourceConnector, FolderConnector>();
        services.AddSingleton<ISourceConnector, SharePointConnector>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<GraphTokens>(provider, Http()));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<GraphClient>(provider, Http()));
    }

    public static void MapSources(this RouteGroupBuilder retrieval)
    {
        var sources = retrieval.MapGroup("/sources").RequireAuthorization(policy => policy.RequireRole(Roles.SourceManager, Roles.TenantAdmin));
        sources.MapPost("", CreateSource.HandleAsync).WithSummary("Connect a folder or a SharePoint site to a collection that one manages");
        sources.MapGet("", ReadSources.ListAsync).WithSummary("List the sources of the collections that one manages, newest first");
        sources.MapGet("/{id:guid}", ReadSources.GetAsync).WithSummary("A source's state, counts and failures");
        sources.MapPost("/{id:guid}/syncs", ChangeSource.SyncAsync).WithSummary("Synchronise a source now");
        sources.MapDelete("/{id:guid}", ChangeSource.DeleteAsync).WithSummary("Disconnect a source: its documents leave the collection");
    }

    /// <summary>Redirects are followed by hand, without the token; no retries but those that Graph asks for.</summary>
    internal static HttpClient Http() => new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
    {
        Timeout = AnswerWithin,
    };
}
