using System.IO.Compression;
using System.Text;

namespace LLMoin.TestDocuments;

/// <summary>ZIP archives and the texts in them.</summary>
public static class Archives
{
    public static byte[] Zip(params IEnumerable<(string Name, byte[] Content)> entries)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return file.ToArray();
    }

    /// <summary>An archive with one text of that many blanks, which takes up next to nothing.</summary>
    public static byte[] ZipOfBlanks(int count, string name = "leer.txt")
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry(name).Open();
            var blanks = Enumerable.Repeat((byte)' ', 100_000).ToArray();
            for (; count > 0; count -= blanks.Length)
                entry.Write(blanks);
        }

        return file.ToArray();
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
