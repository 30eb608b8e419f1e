namespace LLMoin.UnitTests.Retrieval.Stores;

/// <summary>Against the Qdrant that <c>LLMOIN_TEST_QDRANT</c> names, e.g. <c>http://localhost:6333</c>.</summary>
public sealed class QdrantConformanceTests : QdrantConformance
{
    private protected override Task<string> UrlAsync()
    {
        var url = Environment.GetEnvironmentVariable("LLMOIN_TEST_QDRANT");
        Assert.SkipWhen(string.IsNullOrEmpty(url), "Not run: LLMOIN_TEST_QDRANT names no Qdrant.");
        return Task.FromResult(url!);
    }
}
