using System.Buffers.Binary;
using LLMoin.Retrieval.Reading;
using LLMoin.TestDocuments;

namespace LLMoin.UnitTests.Retrieval.Reading;

public sealed class ExpansionTests
{
    [Fact]
    public void A_hundred_megabytes_of_blanks_in_a_small_archive_are_refused_early()
    {
        var file = Archives.ZipOfBlanks(100_000_000);
        Assert.True(file.Length < 200_000);

        // This thread's alone, as other tests allocate meanwhile; a file is read by the thread that asks for it.
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(ReadingReason.ExpandsTooFar, Files.Refusal(file, "a.zip"));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 200_000_000, "the bomb was unpacked");
    }

    [Fact]
    public void Headers_that_lie_about_the_size_change_nothing()
    {
        var file = Archives.ZipOfBlanks(20_000_000);
        var directory = file.AsSpan().IndexOf("PK\x01\x02"u8);
        // Uncompressed size (APPNOTE 4.3.12).
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(directory + 24), 10);

        // Who takes the header at its word reads ten blanks.
        Assert.Contains(Outcome(file), new[] { "expands-too-far", "unreadable", "no-words" });
    }

    [Fact]
    public void Many_small_bombs_count_together()
    {
        var blanks = new byte[900_000];
        Array.Fill(blanks, (byte)' ');
        var file = Archives.Zip([.. Enumerable.Range(0, 30).Select(n => ($"{n}.txt", blanks))]);

        Assert.Equal(ReadingReason.ExpandsTooFar, Files.Refusal(file, "a.zip", Files.Options with { MaxExpandedBytes = 10_000_000 }));
    }

    [Fact]
    public void A_bomb_inside_an_archive_inside_an_archive_is_refused()
        => Assert.Equal(ReadingReason.ExpandsTooFar, Files.Refusal(Archives.Zip(("a.zip", Archives.Zip(("b.zip", Archives.ZipOfBlanks(50_000_000))))), "c.zip"));

    [Fact]
    public void What_shrinks_much_but_is_small_is_read()
    {
        var text = Archives.Text(new string(' ', 800_000) + "Am Ende steht doch etwas.");
        Assert.Contains("Am Ende steht doch etwas.", Files.Read(Archives.Zip(("a.txt", text)), "a.zip").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void More_text_than_allowed_is_refused()
        => Assert.Equal(ReadingReason.TooMuchText, Files.Refusal(Archives.Text(new string('a', 2_001)), "a.txt", Files.Options with { MaxCharacters = 2_000 }));

    private static string Outcome(byte[] file)
    {
        try
        {
            return Files.Read(file, "a.zip").Unread.Single().Reason;
        }
        catch (ReadingException exception)
        {
            return exception.Reason.Code;
        }
    }
}
