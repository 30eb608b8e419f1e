using LLMoin.Billing.Usage;
using LLMoin.Contracts.Retrieval;
using LLMoin.ServiceBed;

namespace LLMoin.BillingTests.Ledger;

public sealed class ResourcesUsedTests(Servers servers)
{
    private readonly string _tenant = "r" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task What_documents_use_is_booked_as_what_it_is()
    {
        await using var bed = await LedgerBed.StartAsync(servers);
        var ingestion = Used(ResourceKind.Ingestion) with { UserId = "anna", Department = "bauamt", Pages = 12, Bytes = 90_000, DurationMs = 800 };
        var embedding = Used(ResourceKind.Embedding) with { UserId = "anna", Purpose = "ingestion", Model = "bge-m3", PriceClass = "klein", PromptTokens = 3_400 };
        var failed = Used(ResourceKind.Rerank) with { UserId = "ben", Purpose = "search", Model = "bge-reranker", PromptTokens = 50, Failed = true };
        var storage = Used(ResourceKind.Storage) with { Bytes = 5_000_000_000 };

        await new ResourcesUsedConsumer(bed.Writer).ConsumeAsync([ingestion, embedding, failed, storage, storage], TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "anna/bauamt/ingestion/ingestion///completed/0/12/90000",
                "anna//embedding/ingestion/bge-m3/klein/completed/3400/0/0",
                "ben//rerank/search/bge-reranker//failed/50/0/0",
                "//storage/storage///completed/0/0/5000000000",
            ],
            await bed.QueryAsync<string>(
                """
                select concat_ws('/', user_id, department, kind, purpose, model, price_class, outcome, prompt_tokens, pages, bytes)
                from usage_ledger where tenant = @_tenant order by seq
                """, new { _tenant }));
    }

    private ResourcesUsed Used(ResourceKind kind) => new()
    {
        UsageId = Guid.CreateVersion7(),
        Tenant = _tenant,
        UserId = "",
        Kind = kind,
        Bytes = 0,
        Failed = false,
        OccurredAt = DateTimeOffset.UtcNow,
    };
}
