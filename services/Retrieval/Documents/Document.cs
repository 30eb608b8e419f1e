namespace LLMoin.Retrieval.Documents;

/// <summary>A document as its readers see it.</summary>
/// <param name="Visibility"><c>private</c> (the owner's alone) or <c>tenant</c>.</param>
/// <param name="Status"><c>processing</c>, <c>ready</c> (searchable) or <c>failed</c>.</param>
/// <param name="Reason">Why it failed: a code such as <c>no-words</c>.</param>
/// <param name="Chunks">Number of passages once ready.</param>
/// <param name="Characters">Length of the stored text in UTF-16 code units.</param>
internal sealed record Document(
    Guid Id, string Title, string FileName, string Visibility, string Owner, string Status, string? Reason, int Chunks, int Characters, DateTime CreatedAt)
{
    public const string Columns = "id, title, file_name, visibility, owner, status, reason, chunks, characters, created_at";

    public const string Processing = "processing";
    public const string Ready = "ready";
    public const string Failed = "failed";

    public const string Private = "private";
    public const string Tenant = "tenant";
}

