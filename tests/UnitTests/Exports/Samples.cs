using System.IO.Compression;
using LLMoin.Exports;
using LLMoin.Exports.Blocks;

namespace LLMoin.UnitTests.Exports;

/// <summary>Documents as a service would hand them over.</summary>
internal static class Samples
{
    public const string Answer =
        """
        # Homeoffice in Größe „XXL“

        Der Antrag ist **bis 30. Juni** zu stellen, *schriftlich* und kostet 12,50 € [1].

        1. Formular `HO-12` ausfüllen
        2. Unterschreiben:
           - mit Tinte
           - oder elektronisch

        | Tarif | Betrag |
        | --- | --- |
        | Ermäßigt | =SUM(A1:A9) |
        | Voll | 25 € |

        > Ausnahmen regelt § 5.

        ```
        if (x < 1)   return;
        ```

        Mehr unter [Dienstweg](https://example.org/dienst?a=1&b=2).
        """;

    public static readonly Letterhead Head = new(
        "Gemeinde Musterdorf", ["Am Markt 1", "12345 Musterdorf"], "Gemeinde Musterdorf, Am Markt 1, 12345 Musterdorf", ["Sparkasse Musterdorf"], Png(40, 20, alpha: true));

    public static ExportDocument Document(string markdown = Answer) => new()
    {
        Title = "Auskunft zum Homeoffice – Straße & Weg",
        Created = new DateTimeOffset(2026, 11, 24, 9, 30, 0, TimeSpan.FromHours(1)),
        Blocks = MarkdownText.Read(markdown),
        Letterhead = Head,
        Sources = [new(1, "Dienstanweisung", 3, "§ 4 Frist", "Anträge sind bis zum 30. Juni zu stellen.")],
        Mark = new("qwen3-4b", new DateOnly(2026, 11, 24)),
        Notices = ["Entwurf – zur menschlichen Prüfung"],
    };

    public static ExportDocument Letter(string markdown = "wir haben Ihren Antrag erhalten.") => Document(markdown) with
    {
        Sources = [],
        Letter = new Letter
        {
            Recipient = ["Frau", "Erika Mustermann", "Straße des 17. Juni 5", "10115 Berlin"],
            Remarks = ["Einschreiben"],
            YourReference = "EM-7",
            YourMessageOf = new(2026, 11, 1),
            OurReference = "Az. 12/2026",
            ContactName = "Emil Ehlers",
            Telephone = "04321 99-0",
            Mail = "emil@musterdorf.example",
            Date = new(2026, 11, 24),
            Subject = "Ihr Antrag auf Wohngeld",
            SignatureName = "Ehlers",
            Attachments = ["Merkblatt"],
        },
    };

    /// <summary>A picture of one colour.</summary>
    public static byte[] Png(int width, int height, bool alpha = false)
    {
        var rows = new byte[((width * (alpha ? 4 : 3)) + 1) * height];
        for (var row = 0; row < height; row++)
            rows.AsSpan((row * rows.Length / height) + 1, (rows.Length / height) - 1).Fill(0x80);
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(rows);
        return
        [
            0x89, .. "PNG\r\n\u001a\n"u8,
            .. Chunk("IHDR"u8, [.. Big(width), .. Big(height), 8, (byte)(alpha ? 6 : 2), 0, 0, 0]),
            .. Chunk("IDAT"u8, packed.ToArray()),
            .. Chunk("IEND"u8, []),
        ];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
        => [.. Big(content.Length), .. type, .. content, .. Big((int)Crc([.. type, .. content]))];

    private static byte[] Big(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static uint Crc(byte[] content)
    {
        var crc = uint.MaxValue;
        foreach (var value in content)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
        }
        return ~crc;
    }
}
