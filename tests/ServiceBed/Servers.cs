using System.Collections.Concurrent;
using System.Security.Cryptography;
using LLMoin.ServiceDefaults.InternalIdentity;
using Npgsql;

namespace LLMoin.ServiceBed;

/// <summary>
/// A real broker, a real PostgreSQL and, on demand, real service processes, shared by all tests of the assembly. The servers are
/// those of <c>LLMOIN_TEST_RABBITMQ</c> / <c>LLMOIN_TEST_POSTGRES</c>, else containers where Docker answers, else private local ones.
/// </summary>
public sealed class Servers : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ServiceProcess>>> _services = new(StringComparer.Ordinal);
    private readonly List<ServiceProcess> _extra = [];
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private ServerPair? _servers;

    /// <summary>amqp://… of the broker.</summary>
    public string Messaging => _servers!.Messaging;

    /// <summary>A superuser's connection string.</summary>
    public string Postgres => _servers!.Postgres;

    internal InternalTokenSigner Signer { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Signer = new InternalTokenSigner(Convert.ToBase64String(_key.ExportPkcs8PrivateKey()), TimeProvider.System);
        _servers = await ServerPair.StartAsync();
    }

    /// <summary>The service's process, started at first use and shared by all tests; e.g. <c>"Billing"</c>.</summary>
    public Task<ServiceProcess> ServiceAsync(string name)
        => _services.GetOrAdd(name, n => new Lazy<Task<ServiceProcess>>(() => StartAsync(n, []))).Value;

    /// <summary>A process of one's own, to configure, stop or kill. <paramref name="settings"/> are environment variables.</summary>
    public async Task<ServiceProcess> StartServiceAsync(string name, params (string Key, string Value)[] settings)
    {
        var service = await StartAsync(name, settings);
        lock (_extra)
            _extra.Add(service);
        return service;
    }

    /// <summary>A fresh, empty database owned by its own role that is no superuser; returns that role's connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        var database = $"{name.ToLowerInvariant()}_{Guid.CreateVersion7():n}";
        var password = Guid.NewGuid().ToString("n");
        await using var source = NpgsqlDataSource.Create(Postgres);
        foreach (var sql in new[]
                 {
                     $"create role {database} login nosuperuser password '{password}'",
                     $"create database {database} owner {database}",
                 })
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
        return new NpgsqlConnectionStringBuilder(Postgres) { Database = database, Username = database, Password = password, MaxPoolSize = 20 }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.Values)
            await (await service.Value).DisposeAsync();
        foreach (var service in _extra)
            await service.DisposeAsync();
        if (_servers is not null)
            await _servers.DisposeAsync();
        Signer.Dispose();
        _key.Dispose();
    }

    private async Task<ServiceProcess> StartAsync(string name, (string Key, string Value)[] settings)
        => await ServiceProcess.StartAsync(name, this,
        [
            ("ConnectionStrings__messaging", Messaging),
            ($"ConnectionStrings__{name.ToLowerInvariant()}", await CreateDatabaseAsync(name)),
            ("Internal__VerificationKey", Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo())),
            .. settings,
        ]);
}
