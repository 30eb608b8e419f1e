using System.Globalization;
using System.Security;
using System.Text;

namespace LLMoin.Exports.Text;

/// <summary>
/// Metadata as an XMP packet (ISO 16684-1): title, language, and the mark as IPTC's Photo Metadata Standard writes it for any kind of
/// medium, <c>Iptc4xmpExt:DigitalSourceType</c>.
/// </summary>
internal static class Xmp
{
    public const string Producer = "LLMoin";

    public static byte[] Write(ExportDocument document)
    {
        var created = document.Created.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        var mark = document.Mark is not { } ai ? "" :
            $"""
               <Iptc4xmpExt:DigitalSourceType>{AiMark.DigitalSourceType}</Iptc4xmpExt:DigitalSourceType>
               <photoshop:Credit>{Escaped(Wording.Of(document).Mark(ai))}</photoshop:Credit>

            """;
        return Encoding.UTF8.GetBytes(
            $"""
            <?xpacket begin="{'\ufeff'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
             <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
              <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
                xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
                xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
               <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{Escaped(document.Title)}</rdf:li></rdf:Alt></dc:title>
               <dc:language><rdf:Bag><rdf:li>{Wording.Of(document).Tag}</rdf:li></rdf:Bag></dc:language>
               <xmp:CreateDate>{created}</xmp:CreateDate>
               <xmp:CreatorTool>{Producer}</xmp:CreatorTool>
               <pdf:Producer>{Producer}</pdf:Producer>
            {mark}  </rdf:Description>
             </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="w"?>
            """);
    }

    private static string Escaped(string text) => SecurityElement.Escape(text);
}
