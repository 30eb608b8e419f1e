using System.Globalization;
using System.Text;
using System.Text.Json;
using LLMoin.Billing.Csv;
using LLMoin.ServiceDefaults.InternalIdentity;
using Npgsql;

namespace LLMoin.Billing.OwnData;

internal static class OwnDataWriter
{
    private const int FlushAt = 32 * 1024;

    /// <summary>One object with an array for each part.</summary>
    public static async Task WriteJsonAsync(Stream stream, Caller caller, BillingDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        await using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("tenant", caller.Tenant);
        json.WriteString("userId", caller.UserId);
        json.WriteString("exportedAt", DateTimeOffset.UtcNow);
        foreach (var part in OwnDataPart.All)
        {
            json.WriteStartArray(part.Name);
            await using var rows = await part.ReadAsync(transaction, caller, cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                WriteRow(json, rows);
                if (json.BytesPending >= FlushAt)
                    await json.FlushAsync(cancellation);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>A header and a line for each row.</summary>
    public static async Task WriteCsvAsync(Stream stream, OwnDataPart part, Caller caller, BillingDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        await using var rows = await part.ReadAsync(transaction, caller, cancellation);
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        var table = new CsvTable([.. Enumerable.Range(0, rows.FieldCount).Select(column => Name(rows, column))]);
        do
        {
            await text.WriteAsync(table.Take().AsMemory(), cancellation);
            if (!await rows.ReadAsync(cancellation))
                return;
            table.Add([.. Enumerable.Range(0, rows.FieldCount).Select(column => Cell(rows, column))]);
        }
        while (true);
    }

    private static void WriteRow(Utf8JsonWriter json, NpgsqlDataReader rows)
    {
        json.WriteStartObject();
        for (var column = 0; column < rows.FieldCount; column++)
        {
            json.WritePropertyName(Name(rows, column));
            // Not by a serialiser, which would write to the network while this waits.
            switch (Value(rows, column))
            {
                case null: json.WriteNullValue(); break;
                case long number: json.WriteNumberValue(number); break;
                case bool yes: json.WriteBooleanValue(yes); break;
                case DateTime at: json.WriteStringValue(at); break;
                case var other: json.WriteStringValue(Text(other)); break;
            }
        }

        json.WriteEndObject();
    }

    private static CsvCell Cell(NpgsqlDataReader rows, int column) => Value(rows, column) switch
    {
        null => "",
        long number => number,
        DateOnly day => day,
        DateTime at => at.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        var other => Text(other),
    };

    private static string Text(object value) => value is DateOnly day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : value.ToString()!;

    private static object? Value(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null
        : rows.GetDataTypeName(column) == "date" ? rows.GetFieldValue<DateOnly>(column)
        : rows.GetValue(column);

    /// <summary><c>usage_id</c> as <c>usageId</c>.</summary>
    private static string Name(NpgsqlDataReader rows, int column)
    {
        var words = rows.GetName(column).Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
