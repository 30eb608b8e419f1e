using System.Security.Cryptography;
using LLMoin.Hosting;
using Npgsql;

namespace LLMoin.Benchmarks.Billing;

/// <summary>The billing service as a process, with a broker and a database of its own that go with it.</summary>
internal sealed class IngestBed : IAsyncDisposable
{
    /// <summary>PostgreSQL's <c>shared_buffers</c>: what a small server is given in production.</summary>
    public const string Buffers = "1GB";

    private readonly DirectoryInfo _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"llmoin-billing-{Guid.NewGuid():n}"));
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private PrivateRabbitMq? _broker;
    private PrivatePostgres? _postgres;
    private NpgsqlDataSource? _database;
    private ChildProcess? _service;

    public Uri Messaging => new(_broker!.ConnectionString);

    public static async Task<IngestBed> StartAsync()
    {
        var bed = new IngestBed();
        try
        {
            await bed.StartServersAsync();
            await bed.StartServiceAsync();
            return bed;
        }
        catch
        {
            await bed.DisposeAsync();
            throw;
        }
    }

    /// <summary>Entries in the ledger, as the chains' ends tell.</summary>
    public Task<long> EntriesAsync() => SumAsync("ledger_heads");

    /// <summary>Entries that the days' sums contain.</summary>
    public Task<long> SummedAsync() => SumAsync("usage_day_watermarks");

    public async Task StartServiceAsync()
    {
        var address = new Uri($"http://127.0.0.1:{ReservedPort.Free()}");
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        _service = ChildProcess.Start(Path.Combine(output.Parent!.Parent!.FullName, "Billing", output.Name, "LLMoin.Billing"), [], static _ => { }, new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["ConnectionStrings__messaging"] = _broker!.ConnectionString,
            ["ConnectionStrings__billing"] = new NpgsqlConnectionStringBuilder(_postgres!.ConnectionString) { Database = "billing" }.ConnectionString,
            ["Internal__VerificationKey"] = Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()),
            ["Logging__LogLevel__Default"] = "Warning",
        });
        using var http = new HttpClient { BaseAddress = address };
        for (var attempt = 0; attempt < 300 && !_service.Exited.IsCompleted; attempt++)
        {
            try
            {
                if ((await http.GetAsync("/health/ready")).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException("The billing service did not start.");
    }

    public async Task StopServiceAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
        _service = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopServiceAsync();
        if (_database is not null) await _database.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        if (_broker is not null) await _broker.DisposeAsync();
        _key.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<long> SumAsync(string table)
    {
        await using var command = _database!.CreateCommand($"select coalesce(sum(seq), 0)::bigint from {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task StartServersAsync()
    {
        _broker = await PrivateRabbitMq.StartAsync(Path.Combine(_folder.FullName, "messaging"));
        _postgres = await PrivatePostgres.StartAsync(Path.Combine(_folder.FullName, "postgres"), buffers: Buffers);
        await using (var source = NpgsqlDataSource.Create(_postgres.ConnectionString))
        await using (var command = source.CreateCommand("create database billing"))
            await command.ExecuteNonQueryAsync();
        _database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Database = "billing" }.ConnectionString);
    }
}
