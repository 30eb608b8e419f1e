namespace LLMoin.Hosting;

/// <summary>
/// A named listener of a resource. Every replica has a port of its own. A listener with an environment variable gets its port there
/// and stays out of ASPNETCORE_URLS, as in Aspire.
/// </summary>
internal sealed class Endpoint(string name, string scheme, string? environmentVariable, int? fixedPort)
{
    private ReservedPort[] _ports = [];

    public string Name => name;
    public string Scheme => scheme;
    public string? EnvironmentVariable => environmentVariable;
    public bool IsExternal { get; set; }

    /// <summary>Takes a port per replica and holds it until the replica starts.</summary>
    /// <exception cref="RunnerException">The fixed port is taken.</exception>
    public void Reserve(int replicas) => _ports =
        [.. Enumerable.Range(0, replicas).Select(i => i == 0 && fixedPort is { } port ? ReservedPort.Fixed(port) : ReservedPort.Any())];

    public int Port(int replica) => _ports[replica].Number;

    /// <summary>
    /// People open the external endpoint in a browser, under the name they are used to; between processes the address avoids a lookup.
    /// </summary>
    public string Url(int replica) => $"{scheme}://{(IsExternal ? "localhost" : "127.0.0.1")}:{Port(replica)}";

    public IEnumerable<string> Urls => Enumerable.Range(0, _ports.Length).Select(Url);

    /// <summary>
    /// Frees the port for the replica that is about to start. If another process has taken it meanwhile, a replica that nobody knows yet
    /// moves to another port.
    /// </summary>
    public void Release(int replica, bool mayMove)
    {
        lock (ChildProcess.Forking)
        {
            _ports[replica].Release();
            if (ReservedPort.IsFree(Port(replica))) return;
        }
        if (!mayMove || fixedPort is not null) throw new RunnerException($"Port {Port(replica)} is taken by another process.");
        _ports[replica] = ReservedPort.Any();
        _ports[replica].Release();
    }
}

public sealed class EndpointReference
{
    private readonly Endpoint _endpoint;

    internal EndpointReference(Endpoint endpoint) => _endpoint = endpoint;

    public string EndpointName => _endpoint.Name;
    public string Url => _endpoint.Url(0);
}
