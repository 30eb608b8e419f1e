using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LLMoin.Retrieval.Qdrant;

/// <summary>
/// Ids that follow from what a point is, so that writing it again replaces it: UUIDs of version 8 over SHA-256 (RFC 9562, section 5.8
/// and appendix B.2).
/// </summary>
internal static class PointIds
{
    /// <summary>Of a passage: hash of the document's id and the ordinal.</summary>
    public static Guid Of(Guid document, int ordinal)
    {
        Span<byte> name = stackalloc byte[20];
        document.TryWriteBytes(name, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(name[16..], ordinal);
        return Hash(name);
    }

    /// <summary>Of the point that says how far a tenant has come. No passage's: their names have 20 bytes and do not begin with text.</summary>
    public static Guid OfProgress(string tenant) => Hash(Encoding.UTF8.GetBytes("llmoin progress of " + tenant));

    private static Guid Hash(ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
