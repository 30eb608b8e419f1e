using System.IO.Compression;
using LLMoin.Retrieval.Reading;
using LLMoin.TestDocuments;

namespace LLMoin.UnitTests.Retrieval.Reading;

/// <summary>Files that came through bad lines and bad hands: whatever happens, it ends, and as a document or with a reason.</summary>
public sealed class DamagedFileTests
{
    private const int Mutations = 1_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Formats => [.. SmallFiles.All.Keys];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_whole_file_is_read(string format)
        => Assert.Null(await ReadAsync(SmallFiles.All[format](), format));

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_file_that_breaks_off_anywhere_ends(string format)
    {
        var file = SmallFiles.All[format]();
        for (var length = 0; length < file.Length; length += Math.Max(1, file.Length / 100))
            await ReadAsync(file[..length], format);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_file_with_random_damage_ends(string format)
    {
        var file = SmallFiles.All[format]();
        var refused = 0;
        for (var seed = 0; seed < Mutations; seed++)
            refused += await ReadAsync(Mutated(file, new Random(seed)), format) is null ? 0 : 1;
        // Else nothing was damaged.
        Assert.InRange(refused, 1, Mutations);
    }

    /// <summary>Damage to the compressed file rarely gets past decompression; this does.</summary>
    [Theory]
    [InlineData("docx")]
    [InlineData("xlsx")]
    [InlineData("pptx")]
    [InlineData("odt")]
    public async Task A_file_with_random_damage_to_its_parts_ends(string format)
    {
        using var archive = new ZipArchive(new MemoryStream(SmallFiles.All[format]()), ZipArchiveMode.Read);
        var parts = archive.Entries.Select(entry =>
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open())
                stream.CopyTo(content);
            return (entry.FullName, Content: content.ToArray());
        }).ToArray();
        var refused = 0;
        for (var seed = 0; seed < Mutations; seed++)
        {
            var random = new Random(seed);
            var damaged = parts.ToArray();
            var at = random.Next(parts.Length);
            damaged[at].Content = Mutated(damaged[at].Content, random);
            refused += await ReadAsync(Archives.Zip(damaged), format) is null ? 0 : 1;
        }

        Assert.InRange(refused, 1, Mutations - 1);
    }

    private static byte[] Mutated(byte[] file, Random random)
    {
        var bytes = file.ToList();
        for (var change = random.Next(1, 8); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 50), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count / 2), Math.Min(60, bytes.Count / 2)));
                    break;
                default:
                    bytes[at] = (byte)'9';
                    break;
            }

            if (bytes.Count < 4)
                break;
        }

        return [.. bytes];
    }

    /// <returns>The reason, or null where there is a document.</returns>
    private static async Task<string?> ReadAsync(byte[] file, string format)
    {
        var reading = Task.Run(() =>
        {
            try
            {
                Files.Read(file, "a." + format);
                return null;
            }
            catch (ReadingException exception)
            {
                return exception.Reason.Code;
            }
        });
        return await reading.WaitAsync(Longest);
    }
}
