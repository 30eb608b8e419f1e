using System.Text.Json.Serialization;
using LLMoin.Retrieval.Ingestion;
using LLMoin.Retrieval.Reading;

namespace LLMoin.Retrieval.Documents;

/// <summary>A document as its readers see it.</summary>
/// <param name="MediaType">What the file is, by its content.</param>
/// <param name="Visibility"><c>private</c> (the owner's alone), <c>tenant</c> or <c>collection</c> (those who may read that).</param>
/// <param name="CollectionId">The collection that it is in, or null.</param>
/// <param name="Status"><c>processing</c>, <c>ready</c> (searchable) or <c>failed</c>.</param>
/// <param name="Reason">Why it failed: a code such as <c>no-words</c>.</param>
/// <param name="Chunks">Number of passages once ready.</param>
/// <param name="Characters">Length of the stored text in UTF-16 code units.</param>
/// <param name="Pages">Number of pages, slides or sheets; null for formats without.</param>
/// <param name="UnreadParts">Number of parts that could not be read; the document itself lists them.</param>
/// <param name="Stage">
/// Of a file on its way to being searchable, the first one or one that replaces another: <c>waiting</c>, <c>reading</c>, <c>indexing</c>;
/// <c>failed</c> where a new file could not replace the old one; null where none is on its way.
/// </param>
internal record Document(
    Guid Id, string Title, string FileName, string MediaType, string Visibility, Guid? CollectionId, string Owner, string Status, string? Reason, int Chunks, int Characters,
    int? Pages, int UnreadParts, DateTime CreatedAt, string? Stage)
{
    public const string Columns =
        """
        id, title, file_name, media_type, visibility, collection_id, owner, status, reason, chunks, characters, pages, jsonb_array_length(unread) as unread_parts,
        created_at, (select stage from ingestions where document_id = documents.id) as stage
        """;

    public const string Processing = "processing";
    public const string Ready = "ready";
    public const string Failed = "failed";

    public const string Private = "private";
    public const string Tenant = "tenant";
    public const string Collection = "collection";

    [JsonIgnore]
    public bool IsOnItsWay => Stage is Ingestions.Waiting or Ingestions.Reading or Ingestions.Indexing;

    /// <summary>The reason in English.</summary>
    public string? ReasonText => ReadingReason.Of(Reason)?.Text;

    /// <summary>The reason in German.</summary>
    public string? ReasonTextDe => ReadingReason.Of(Reason)?.TextDe;
}

/// <summary>A document with the parts of it that could not be read, and how far its file is.</summary>
internal sealed record DocumentDetails : Document
{
    public DocumentDetails(Document document, IEnumerable<UnreadPart> unread, OnItsWay? ingestion, IReadOnlyList<int> pageStarts) : base(document)
        => (Unread, Ingestion, PageStarts) = ([.. unread.Select(Missing.Of)], ingestion, pageStarts);

    /// <summary>Where in the text each page begins, in UTF-16 code units, page 1 first; empty for documents without pages.</summary>
    public IReadOnlyList<int> PageStarts { get; }

    public IReadOnlyList<Missing> Unread { get; }

    /// <summary>The file that is on its way; null where none is.</summary>
    public OnItsWay? Ingestion { get; }

    /// <param name="FileName">The file, which may be one that replaces another.</param>
    /// <param name="Stage">As in <see cref="Document.Stage"/>.</param>
    /// <param name="Part">The attachment or archive entry that is being read, or null.</param>
    /// <param name="Page">The page, slide or sheet that is being read, from 1, or null.</param>
    /// <param name="Pages">How many there are.</param>
    /// <param name="Reason">Why it failed, or null.</param>
    internal sealed record OnItsWay(string FileName, string Stage, string? Part, int? Page, int? Pages, string? Reason)
    {
        public const string Columns = "file_name, stage, part, page, pages, reason";

        public string? ReasonText => ReadingReason.Of(Reason)?.Text;

        public string? ReasonTextDe => ReadingReason.Of(Reason)?.TextDe;
    }

    /// <param name="Page">The first page concerned, or null.</param>
    /// <param name="LastPage">The last one of several, or null.</param>
    /// <param name="Name">The attachment or archive entry, or null.</param>
    /// <param name="Reason">A code such as <c>scanned</c>.</param>
    internal sealed record Missing(int? Page, int? LastPage, string? Name, string Reason, string? ReasonText, string? ReasonTextDe)
    {
        public static Missing Of(UnreadPart part)
            => new(part.Page, part.LastPage, part.Name, part.Reason, ReadingReason.Of(part.Reason)?.Text, ReadingReason.Of(part.Reason)?.TextDe);
    }
}
