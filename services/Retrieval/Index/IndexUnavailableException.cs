namespace LLMoin.Retrieval.Index;

/// <summary>The index lies elsewhere and cannot be asked now.</summary>
internal abstract class IndexUnavailableException(string message, Exception? inner) : Exception(message, inner);
