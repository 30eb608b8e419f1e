namespace LLMoin.Retrieval.Reading;

/// <summary>Reads one format.</summary>
internal interface IDocumentReader
{
    /// <summary>Writes what it finds to <see cref="ReadingSession.Document"/>, in reading order.</summary>
    /// <exception cref="ReadingException">It cannot be read, for this reason. Any other exception means that the file is damaged.</exception>
    void Read(byte[] file, ReadingSession session);
}
