using System.IO.Compression;
using System.Xml;

namespace LLMoin.Retrieval.Reading.OpenDocument;

/// <summary>ODT (OpenDocument 1.3, ISO/IEC 26300): the content as a stream of XML, so that it is never in memory as a whole.</summary>
internal sealed class OdtReader : IDocumentReader
{
    public void Read(byte[] file, ReadingSession session)
    {
        using var archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
        if (IsEncrypted(archive, session))
            throw new ReadingException(ReadingReason.Encrypted);
        using (var meta = Open(archive, "meta.xml", session))
        {
            if (meta?.ReadToFollowing("title", "http://purl.org/dc/elements/1.1/") == true)
                session.Document.Entitle(meta.ReadElementContentAsString());
        }

        using var content = Open(archive, "content.xml", session) ?? throw new ReadingException(ReadingReason.Unreadable);
        new OdtContent(content, session).Write();
    }

    private static bool IsEncrypted(ZipArchive archive, ReadingSession session)
    {
        using var manifest = Open(archive, "META-INF/manifest.xml", session);
        return manifest?.ReadToFollowing("encryption-data", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0") == true;
    }

    /// <summary>Without document type definitions, and so without entities: neither other files nor a billion laughs.</summary>
    private static XmlReader? Open(ZipArchive archive, string name, ReadingSession session)
        => archive.GetEntry(name) is { } entry
            ? XmlReader.Create(session.Expansion.Counted(entry.Open(), entry.CompressedLength),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true })
            : null;
}
