using System.IO.Compression;

namespace LLMoin.Retrieval.Reading.Archives;

/// <summary>
/// ZIP (APPNOTE.TXT 6.3.10): the files in it one after the other, each below a heading with its name. Names become headings and nothing
/// is written to disk, so that a name that leads elsewhere leads nowhere.
/// </summary>
internal sealed class ZipReader : IDocumentReader
{
    public void Read(byte[] file, ReadingSession session)
    {
        using var archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
        foreach (var entry in archive.Entries)
        {
            if (entry.Name.Length > 0 && !IsClutter(entry))
                session.ReadInside(entry.Name, () => Content(entry, session));
        }
    }

    private static byte[] Content(ZipArchiveEntry entry, ReadingSession session)
    {
        if (entry.IsEncrypted)
            throw new ReadingException(ReadingReason.Encrypted);
        try
        {
            return session.Expansion.ReadAll(entry.Open(), entry.CompressedLength);
        }
        catch (InvalidDataException exception)
        {
            throw new ReadingException(ReadingReason.Unreadable, exception);
        }
    }

    /// <summary>What operating systems put beside people's files.</summary>
    private static bool IsClutter(ZipArchiveEntry entry)
        => entry.Name is ".DS_Store" or "Thumbs.db" or "desktop.ini" || entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal);
}
