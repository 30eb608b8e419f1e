using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LLMoin.Billing.Ledger;

/// <summary>
/// The seal of an entry: SHA-256 over the 32 bytes of the entry before (zeros before the first) and the entry's fields in UTF-8, each as
/// <c>{length in bytes}:{value};</c> or <c>-;</c> for null. The same bytes as the SQL function <c>ledger_hash</c>, by which an auditor
/// checks the chain without this code.
/// </summary>
internal static class LedgerHash
{
    public static byte[] Of(ReadOnlySpan<byte> previous, LedgerEntry entry, string? reason, DateTime recordedAt)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        bytes.Write(previous);
        Field(bytes, entry.Tenant);
        Field(bytes, entry.Seq);
        Field(bytes, entry.Month.FirstDay.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber);
        Field(bytes, entry.UsageId.ToString());
        Field(bytes, entry.Corrects?.ToString());
        Field(bytes, reason);
        Field(bytes, entry.UserId);
        Field(bytes, entry.Department);
        Field(bytes, entry.ApiKeyId?.ToString());
        Field(bytes, entry.Kind);
        Field(bytes, entry.Purpose);
        Field(bytes, entry.Model);
        Field(bytes, entry.PriceClass);
        Field(bytes, entry.Outcome);
        Field(bytes, entry.PromptTokens);
        Field(bytes, entry.CompletionTokens);
        Field(bytes, entry.Pages);
        Field(bytes, entry.Bytes);
        Field(bytes, entry.DurationMs);
        Field(bytes, Micros(entry.OccurredAt));
        Field(bytes, Micros(recordedAt));
        return SHA256.HashData(bytes.WrittenSpan);
    }

    private static long Micros(DateTime at) => (at - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static void Field(ArrayBufferWriter<byte> bytes, long? value) => Field(bytes, value?.ToString(CultureInfo.InvariantCulture));

    private static void Field(ArrayBufferWriter<byte> bytes, string? value)
    {
        if (value is null)
        {
            bytes.Write("-;"u8);
            return;
        }

        Encoding.UTF8.GetBytes(Encoding.UTF8.GetByteCount(value).ToString(CultureInfo.InvariantCulture), bytes);
        bytes.Write(":"u8);
        Encoding.UTF8.GetBytes(value, bytes);
        bytes.Write(";"u8);
    }
}
