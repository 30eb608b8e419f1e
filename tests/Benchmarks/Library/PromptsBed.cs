using System.Net.Http.Headers;
using System.Security.Cryptography;
using LLMoin.Hosting;
using LLMoin.ServiceDefaults.InternalIdentity;
using Npgsql;

namespace LLMoin.Benchmarks.Library;

/// <summary>The prompts service as a process, with a broker and a database of its own that go with it.</summary>
internal sealed class PromptsBed : IAsyncDisposable
{
    private static readonly TimeSpan SignAgainAfter = InternalTokenSigner.Lifetime / 2;

    private readonly DirectoryInfo _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"llmoin-prompts-{Guid.NewGuid():n}"));
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly InternalTokenSigner _signer;
    private PrivateRabbitMq? _broker;
    private PrivatePostgres? _postgres;
    private ChildProcess? _service;
    private (DateTime At, AuthenticationHeaderValue Header) _signed;

    private PromptsBed() => _signer = new InternalTokenSigner(Convert.ToBase64String(_key.ExportPkcs8PrivateKey()), TimeProvider.System);

    public HttpClient Http { get; } = new(new SocketsHttpHandler { MaxConnectionsPerServer = 200 });

    public static async Task<PromptsBed> StartAsync()
    {
        var bed = new PromptsBed();
        try
        {
            await bed.StartServersAsync();
            return bed;
        }
        catch
        {
            await bed.DisposeAsync();
            throw;
        }
    }

    /// <summary>As a clerk of the department "bau" whom the gateway vouches for.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        if (DateTime.UtcNow - _signed.At > SignAgainAfter)
        {
            var caller = new Caller("hamburg", "anna", "Anna", new HashSet<string> { Roles.User }, null) { Departments = new HashSet<string> { "bau" } };
            _signed = (DateTime.UtcNow, new AuthenticationHeaderValue("Bearer", _signer.Sign(caller)));
        }

        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = _signed.Header;
        return await Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null) await _service.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        if (_broker is not null) await _broker.DisposeAsync();
        Http.Dispose();
        _signer.Dispose();
        _key.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task StartServersAsync()
    {
        _broker = await PrivateRabbitMq.StartAsync(Path.Combine(_folder.FullName, "messaging"));
        _postgres = await PrivatePostgres.StartAsync(Path.Combine(_folder.FullName, "postgres"));
        await using (var source = NpgsqlDataSource.Create(_postgres.ConnectionString))
        await using (var command = source.CreateCommand("create database prompts"))
            await command.ExecuteNonQueryAsync();

        Http.BaseAddress = new Uri($"http://127.0.0.1:{ReservedPort.Free()}");
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        _service = ChildProcess.Start(Path.Combine(output.Parent!.Parent!.FullName, "Prompts", output.Name, "LLMoin.Prompts"), [], static _ => { }, new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = Http.BaseAddress.ToString(),
            ["ConnectionStrings__messaging"] = _broker.ConnectionString,
            ["ConnectionStrings__prompts"] = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Database = "prompts" }.ConnectionString,
            ["Internal__VerificationKey"] = Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()),
            ["Logging__LogLevel__Default"] = "Warning",
            ["Prompts__MaxTemplates"] = "100000",
        });
        for (var attempt = 0; attempt < 300 && !_service.Exited.IsCompleted; attempt++)
        {
            try
            {
                if ((await Http.GetAsync("/health/ready")).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException("The prompts service did not start.");
    }
}
