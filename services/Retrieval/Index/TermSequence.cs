using System.Runtime.InteropServices;

namespace LLMoin.Retrieval.Index;

/// <summary>Term numbers in the order of a text, packed seven bits a byte: frequent terms are old and have small numbers.</summary>
internal static class TermSequence
{
    public static byte[] Pack(IReadOnlyList<int> terms)
    {
        var bytes = new List<byte>(terms.Count * 2);
        foreach (var term in terms)
        {
            var rest = (uint)term;
            for (; rest > 0x7F; rest >>= 7)
                bytes.Add((byte)(rest | 0x80));
            bytes.Add((byte)rest);
        }

        return CollectionsMarshal.AsSpan(bytes).ToArray();
    }

    /// <summary>Whether the terms of one stand in a row in the other.</summary>
    public static bool Contains(ReadOnlySpan<byte> sequence, ReadOnlySpan<byte> part)
    {
        for (var from = 0; sequence[from..].IndexOf(part) is >= 0 and var found; from += found + 1)
        {
            // Every byte but a term's last has the high bit, so a part that begins behind a last one begins with a term.
            var at = from + found;
            if (at == 0 || sequence[at - 1] <= 0x7F)
                return true;
        }

        return false;
    }

    /// <summary>Takes the next term off.</summary>
    public static int Next(ref ReadOnlySpan<byte> sequence)
    {
        int term = sequence[0];
        var read = 1;
        if (term > 0x7F)
        {
            term &= 0x7F;
            for (var shift = 7; ; shift += 7)
            {
                var next = sequence[read++];
                term |= (next & 0x7F) << shift;
                if (next <= 0x7F)
                    break;
            }
        }

        sequence = sequence[read..];
        return term;
    }
}
