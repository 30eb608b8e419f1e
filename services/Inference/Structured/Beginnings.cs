namespace LLMoin.Inference.Structured;

/// <summary>Finds out what must wait for the next delta.</summary>
internal static class Beginnings
{
    /// <summary>The length of the longest end of the text that one of the markers begins with, without being whole.</summary>
    public static int LongestAtEnd(ReadOnlySpan<char> text, IReadOnlyList<string> markers)
    {
        var longest = 0;
        for (var index = 0; index < markers.Count; index++)
        {
            var marker = markers[index].AsSpan();
            for (var length = Math.Min(marker.Length - 1, text.Length); length > longest; length--)
                if (text.EndsWith(marker[..length], StringComparison.Ordinal))
                    longest = length;
        }
        return longest;
    }
}
