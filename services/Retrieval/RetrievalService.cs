using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Events;
using LLMoin.Retrieval.Documents;
using LLMoin.Retrieval.Index;
using LLMoin.Retrieval.Ingestion;
using LLMoin.Retrieval.Searches;
using LLMoin.Retrieval.Uploads;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.AspNetCore.Mvc;

namespace LLMoin.Retrieval;

/// <summary>Everything the retrieval service is made of.</summary>
internal static class RetrievalService
{
    private const int SearchBodyLimit = 64 * 1024;

    public static void AddRetrieval(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<RetrievalOptions>("Retrieval");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddDatabase("retrieval", typeof(RetrievalService).Assembly);
        builder.AddEvents("retrieval", consume => consume.Add<IngestDocumentConsumer, IngestDocument>(prefetch: 4));
        builder.Services.AddSingleton<IChunkIndex, EmbeddedIndex>();
    }

    public static void MapRetrieval(this WebApplication app)
    {
        // Auditors and operators see figures, never content: they need a staff role beside their own.
        var retrieval = app.MapGroup("/api/retrieval").WithTags("Retrieval").RequireAuthorization(policy => policy.RequireRole(
            Roles.User, Roles.PromptEditor, Roles.PromptApprover, Roles.SourceManager, Roles.TenantAdmin));

        var documents = retrieval.MapGroup("/documents");
        documents.MapPost("", UploadDocument.HandleAsync).WithSummary("Upload a text or Markdown document; with 'Prefer: wait=N' the answer waits until it is searchable");
        documents.MapGet("", ReadDocuments.ListAsync).WithSummary("List one's own and the tenant's documents, newest first");
        documents.MapGet("/{id:guid}", ReadDocuments.GetAsync).WithName("document").WithSummary("One document's state");
        documents.MapGet("/{id:guid}/content", ReadDocuments.ContentAsync).WithSummary("The stored text or the part between two positions");
        documents.MapDelete("/{id:guid}", DeleteDocument.HandleAsync).WithSummary("Delete a document with its passages");

        retrieval.MapPost("/searches", SearchPassages.HandleAsync).WithMetadata(new RequestSizeLimitAttribute(SearchBodyLimit))
            .WithSummary("The passages that answer a query best, with their places in the documents");
    }
}
