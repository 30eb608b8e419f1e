using LLMoin.Contracts.Inference;
using LLMoin.Contracts.Retrieval;
using MassTransit;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Embeddings;

/// <summary>
/// Has the passages of a document embedded, batch by batch; each batch counts as soon as it is stored. Told twice, or after a crash, it
/// does what is still missing.
/// </summary>
internal sealed partial class PassageEmbedding(ModelCalls calls, VectorStore store, ServedModels models, IOptions<EmbeddingOptions> options, ILogger<PassageEmbedding> logger)
    : IConsumer<EmbedDocument>
{
    private readonly EmbeddingOptions _options = options.Value;

    public Task Consume(ConsumeContext<EmbedDocument> context) => EmbedAsync(context.Message.Tenant, context.Message.DocumentId, context.CancellationToken);

    /// <exception cref="ModelCallException">The model did not answer; what was stored before stays.</exception>
    public async Task EmbedAsync(string tenant, Guid document, CancellationToken cancellation)
    {
        var count = 0;
        while (await store.NextAsync(tenant, document, _options.PassagesPerRequest, cancellation) is { Count: > 0 } passages)
        {
            var work = new EmbeddingRequest
            {
                RequestId = Guid.CreateVersion7(),
                Tenant = tenant,
                Model = _options.Model!,
                Inputs = [.. passages.Select(Input)],
            };
            // Else what waited for this process to start would be embedded without a price.
            await models.AnnouncedAsync(work.Model, _options.PassageTimeout, cancellation);
            var result = await calls.AskAsync(work, _options.PassageTimeout, cancellation);
            var used = passages[0].Work(tenant).Used(work, result, models.PriceClassOf(work.Model));
            await store.AddAsync(document, passages, result.Vectors, used, cancellation);
            count += passages.Count;
        }

        LogEmbedded(document, count);
    }

    /// <summary>A passage says what it is about in its title and headings as much as in its text.</summary>
    private string Input(VectorStore.Unembedded passage)
    {
        var place = passage.Headings.StartsWith(passage.Title, StringComparison.Ordinal) ? passage.Headings : $"{passage.Title} > {passage.Headings}".TrimEnd(' ', '>');
        return $"{_options.PassagePrefix}{place}\n{passage.Text}";
    }

    [LoggerMessage(LogLevel.Information, "{Passages} passages of document {DocumentId} have vectors now")]
    private partial void LogEmbedded(Guid documentId, int passages);
}

/// <summary>What has just become searchable by its words gets vectors, too.</summary>
internal sealed class EmbedIndexedDocument(PassageEmbedding passages) : IConsumer<DocumentIndexed>
{
    public Task Consume(ConsumeContext<DocumentIndexed> context) => passages.EmbedAsync(context.Message.Tenant, context.Message.DocumentId, context.CancellationToken);
}
