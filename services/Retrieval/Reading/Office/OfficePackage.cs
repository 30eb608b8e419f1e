using System.IO.Compression;
using DocumentFormat.OpenXml.Packaging;

namespace LLMoin.Retrieval.Reading.Office;

/// <summary>Opens Office Open XML (ECMA-376) for reading. Macros, external targets and pictures are never looked at.</summary>
internal static class OfficePackage
{
    private static readonly string[] Pictures = [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf"];

    /// <summary>The file as a stream, once it is known what its parts become: the library would decompress without counting.</summary>
    /// <exception cref="ReadingException">It expands too far.</exception>
    public static Stream Checked(byte[] file, ReadingSession session)
    {
        using var archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
        foreach (var entry in archive.Entries)
        {
            if (Pictures.Contains(Path.GetExtension(entry.Name), StringComparer.OrdinalIgnoreCase))
                continue;
            using var content = session.Expansion.Counted(entry.Open(), entry.CompressedLength);
            content.CopyTo(Stream.Null);
        }

        return new MemoryStream(file, writable: false);
    }

    public static OpenSettings Settings(ReadingSession session) => new() { MaxCharactersInPart = session.Options.MaxExpandedBytes };
}
