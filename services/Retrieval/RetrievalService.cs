using LLMoin.Contracts.Retrieval;
using LLMoin.Messaging.Events;
using LLMoin.Retrieval.Collections;
using LLMoin.Retrieval.Documents;
using LLMoin.Retrieval.Embeddings;
using LLMoin.Retrieval.Ingestion;
using LLMoin.Retrieval.Qdrant;
using LLMoin.Retrieval.Reading;
using LLMoin.Retrieval.Reading.Isolation;
using LLMoin.Retrieval.Searches;
using LLMoin.Retrieval.Sources;
using LLMoin.Retrieval.Uploads;
using LLMoin.Retrieval.Usage;
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
        builder.Services.AddValidatedOptions<ReadingOptions>("Retrieval:Reading");
        builder.Services.AddSingleton<ReadingProcess>();
        builder.Services.AddSingleton<GivingUp>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddDatabase("retrieval", typeof(RetrievalService).Assembly);
        builder.AddEvents("retrieval", consume =>
        {
            consume.Add<IngestDocumentConsumer, IngestDocument>(prefetch: 4);
            consume.Add<IndexDocumentConsumer, IndexDocument>(prefetch: 2);
            consume.AddEmbedding(builder);
        });
        builder.AddEmbeddings();
        builder.Services.AddSources();
        builder.Services.AddHostedService<StorageMetering>();
        builder.AddIndex();
    }

    public static void MapRetrieval(this WebApplication app)
    {
        var retrieval = app.MapGroup("/api/retrieval").WithTags("Retrieval").RequireAuthorization(policy => policy.RequireRole(Roles.Staff));

        retrieval.AddEndpointFilter((context, next) =>
        {
            // Readers change: what was readable must not lie about where nobody asks any more.
            context.HttpContext.Response.Headers.CacheControl = "no-store";
            return next(context);
        });

        var documents = retrieval.MapGroup("/documents");
        documents.MapPost("", UploadDocument.HandleAsync).WithSummary("Upload a document (PDF, DOCX, XLSX, PPTX, ODT, HTML, EML, ZIP, text, Markdown), to oneself, the tenant or a collection; with 'Prefer: wait=N' the answer waits until it is searchable");
        documents.MapGet("", ReadDocuments.ListAsync).WithSummary("List the documents that one may read, newest first; with collectionId those of one collection");
        documents.MapGet("/{id:guid}", ReadDocuments.GetAsync).WithName("document").AllowDelegation()
            .WithSummary("One document's state, where its pages begin and what of it could not be read");
        documents.MapGet("/{id:guid}/content", ReadDocuments.ContentAsync).AllowDelegation().WithSummary("The stored text or the part between two positions");
        documents.MapGet("/{id:guid}/file", DocumentFile.HandleAsync).WithSummary("The file as it was uploaded; a plain text as UTF-8");
        documents.MapPut("/{id:guid}/file", ReplaceFile.HandleAsync).WithSummary("Replace the file; the old passages are found until the new ones are there");
        documents.MapDelete("/{id:guid}", DeleteDocument.HandleAsync).WithSummary("Delete a document with its passages");

        var collections = retrieval.MapGroup("/collections");
        collections.MapGet("", ReadCollections.ListAsync).WithSummary("List the collections that one may read or manages, newest first");
        collections.MapPost("", CreateCollection.HandleAsync)
            .WithSummary("Create a collection: one's own; a department's or the tenant's as source-manager in it or tenant-admin");
        collections.MapGet("/{id:guid}", ReadCollections.GetAsync).WithSummary("One collection, with its readers where one manages it");
        collections.MapPatch("/{id:guid}", ChangeCollection.HandleAsync)
            .WithSummary("Rename or share a collection, for who manages it; its documents change hands at once");
        collections.MapDelete("/{id:guid}", DeleteCollection.HandleAsync).WithSummary("Delete a collection with all its documents, for who manages it");

        retrieval.MapSources();

        retrieval.MapPost("/searches", SearchPassages.HandleAsync).WithMetadata(new RequestSizeLimitAttribute(SearchBodyLimit)).AllowDelegation()
            .WithSummary("The passages that answer a query best, with their places in the documents");
    }
}
