using System.Net.Sockets;
using Npgsql;

namespace LLMoin.Messaging.Batches;

/// <summary>Whose fault it is when a batch fails.</summary>
internal static class Fault
{
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private const string DataException = "22";
    private const string IntegrityViolation = "23";

    /// <summary>
    /// Whether it fails again however often it is tried. What the database says of anything but the data (a failover, a deadlock, a
    /// missing right) is no message's fault: trying again, once that is mended, loses nothing, and setting messages aside would.
    /// </summary>
    public static bool IsTheMessages(Exception exception) => exception switch
    {
        PostgresException refused => refused.SqlState.StartsWith(DataException, StringComparison.Ordinal)
            || refused.SqlState.StartsWith(IntegrityViolation, StringComparison.Ordinal),
        NpgsqlException or TimeoutException or SocketException or OperationCanceledException => false,
        InvalidDataException => true,
        IOException => false,
        _ => true,
    };
}
