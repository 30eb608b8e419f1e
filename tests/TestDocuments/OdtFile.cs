namespace LLMoin.TestDocuments;

/// <summary>An ODT from the XML that stands in its body.</summary>
public static class OdtFile
{
    private const string Namespaces =
        """
        xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
        xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
        """;

    /// <param name="body">Content of <c>office:text</c>.</param>
    /// <param name="title">In the metadata.</param>
    /// <param name="prolog">What stands before the root element: document type definitions.</param>
    /// <param name="styles">Content of <c>office:automatic-styles</c>.</param>
    /// <param name="manifest">Content of the manifest.</param>
    public static byte[] Of(string body, string title = "", string prolog = "", string styles = "", string manifest = "")
        => Archives.Zip(
            ("mimetype", Archives.Text("application/vnd.oasis.opendocument.text")),
            ("META-INF/manifest.xml", Archives.Text($"<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">{manifest}</manifest:manifest>")),
            ("meta.xml", Archives.Text($"<office:document-meta {Namespaces}><office:meta><dc:title>{title}</dc:title></office:meta></office:document-meta>")),
            ("content.xml", Archives.Text(
                $"{prolog}<office:document-content {Namespaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>")));
}
