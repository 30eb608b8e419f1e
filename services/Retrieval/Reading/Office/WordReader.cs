using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace LLMoin.Retrieval.Reading.Office;

/// <summary>
/// DOCX: paragraphs and tables of the body in order, part by part, so that never the whole body is in memory. Headers, footers,
/// comments, deleted and hidden text and tables of contents are left out; footnotes stand where they are called.
/// </summary>
internal sealed class WordReader : IDocumentReader
{
    public void Read(byte[] file, ReadingSession session)
    {
        using var word = WordprocessingDocument.Open(OfficePackage.Checked(file, session), false, OfficePackage.Settings(session));
        var main = word.MainDocumentPart ?? throw new ReadingException(ReadingReason.Unreadable);
        var title = word.PackageProperties.Title;
        var body = new WordBody(session, new WordStyles(main.StyleDefinitionsPart), new WordNumbering(main.NumberingDefinitionsPart), new WordText(main));
        using (var reader = OpenXmlReader.Create(main))
        {
            while (reader.Read() && reader.ElementType != typeof(Body))
            {
            }

            for (var more = reader.ReadFirstChild(); more; more = reader.ReadNextSibling())
            {
                session.Cancellation.ThrowIfCancellationRequested();
                body.Write(reader.LoadCurrentElement());
            }
        }

        session.Document.Entitle(title);
        foreach (var part in main.GetPartsOfType<EmbeddedPackagePart>().Cast<OpenXmlPart>().Concat(main.AlternativeFormatImportParts).Concat(main.EmbeddedObjectParts))
            session.ReadInside(part.Uri.OriginalString, () => session.Expansion.ReadAll(part.GetStream(FileMode.Open, FileAccess.Read), file.Length));
    }
}
