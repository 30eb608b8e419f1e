using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LLMoin.Retrieval.Usage;

/// <summary>A day at whose end it is said how much a tenant keeps.</summary>
internal static class StorageDay
{
    /// <summary>The day's last microsecond, the finest that PostgreSQL keeps, so that the day's usage is of that day.</summary>
    public static DateTimeOffset EndOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        // Where the clock skips midnight the next day begins at the first time there is.
        while (zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(15);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime().AddMicroseconds(-1);
    }

    /// <summary>The id under which it counts once, whoever says it and how often: the first half of a hash as a UUID of version 8 (RFC 9562, 5.8).</summary>
    public static Guid UsageId(string tenant, DateOnly day)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"storage/{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}/{tenant}")).AsSpan(0, 16);
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
