using System.Globalization;
using DocumentFormat.OpenXml.CustomProperties;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.VariantTypes;
using LLMoin.Exports.Text;

namespace LLMoin.Exports.Word;

/// <summary>Title and language for the system, and the mark for machines: as document properties and as an XMP packet.</summary>
internal static class WordMetadata
{
    /// <summary>The format id that user-defined properties have (ECMA-376, part 1, 22.3).</summary>
    private const string UserDefined = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";

    public static void Write(WordprocessingDocument package, MainDocumentPart main, ExportDocument document, Wording wording)
    {
        package.PackageProperties.Title = document.Title;
        package.PackageProperties.Language = wording.Tag;
        package.PackageProperties.Creator = document.Letterhead?.Name ?? Xmp.Producer;
        package.PackageProperties.Created = document.Created.UtcDateTime;
        using (var packet = new MemoryStream(Xmp.Write(document)))
            main.AddCustomXmlPart(CustomXmlPartType.CustomXml).FeedData(packet);
        if (document.Mark is not { } mark)
            return;
        package.PackageProperties.Keywords = wording.AiGenerated;
        (string Name, string Value)[] properties =
        [
            ("AiGenerated", "true"), ("AiModel", mark.Model), ("AiGeneratedOn", mark.Date.ToString("O", CultureInfo.InvariantCulture)), ("DigitalSourceType", AiMark.DigitalSourceType),
        ];
        // Ids below 2 are the format's own.
        package.AddCustomFilePropertiesPart().Properties = new Properties(properties.Select((property, index)
            => new CustomDocumentProperty(new VTLPWSTR(property.Value)) { FormatId = UserDefined, PropertyId = index + 2, Name = property.Name }));
    }
}
