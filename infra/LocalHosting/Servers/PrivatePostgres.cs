using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LLMoin.Hosting;

/// <summary>
/// A PostgreSQL cluster of our own from the installed package, on loopback TCP only. PostgreSQL refuses to run as root: then it runs as
/// the user <c>postgres</c> (or <c>nobody</c>).
/// </summary>
public sealed class PrivatePostgres : IServer
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _server;

    private PrivatePostgres(ChildProcess server, int port, string password)
    {
        (_server, Port) = (server, port);
        ConnectionString = ConnectionStringOf(port, password);
    }

    /// <summary>The package's programs; <c>LLMOIN_POSTGRES_BIN</c> names their folder where it is not Debian's.</summary>
    private static string? Programs => Installed.Folder("LLMOIN_POSTGRES_BIN", "/usr/lib/postgresql", "*", "bin", "postgres");

    public static bool IsInstalled => Programs is not null;

    /// <summary>The superuser's, in Npgsql's form, on the database <c>postgres</c>.</summary>
    public string ConnectionString { get; }
    public int Port { get; }
    public int Pid => _server.Pid;
    public Task<int> Exited => _server.Exited;

    internal static string ConnectionStringOf(int port, string password) =>
        $"Host=127.0.0.1;Port={port};Username=llmoin;Password={password};Database=postgres";

    /// <summary>Starts the server and waits until it takes connections (1 s; 3 s the first time, when the cluster is made).</summary>
    /// <param name="directory">Made if missing; a later start on it finds the data again. See <see cref="PlaceOf"/>.</param>
    /// <param name="port">0 picks a free one.</param>
    /// <param name="buffers">Its <c>shared_buffers</c>, e.g. <c>512MB</c>; null: <c>LLMOIN_POSTGRES_BUFFERS</c>, else 64 MB.</param>
    /// <exception cref="RunnerException">The server ended or was not ready in time; the reason is in what it logged.</exception>
    public static async Task<PrivatePostgres> StartAsync(
        string directory, int port = 0, Action<string>? log = null, string? buffers = null, CancellationToken cancellation = default)
    {
        var place = PlaceOf(Path.GetFullPath(directory));
        var password = Secrets.KeptFile(Path.Combine(place, "password"), Secrets.NewPassword);
        if (port == 0) port = ReservedPort.Free();
        var started = new PrivatePostgres(StartProcess(place, port, log ?? (_ => { }), buffers), port, password);
        try
        {
            await Readiness.WaitAsync("PostgreSQL", started._server, ct => Readiness.TakesQueriesAsync(started.ConnectionString, ct), LongestStart, cancellation);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static ChildProcess StartProcess(string place, int port, Action<string> log, string? buffers)
    {
        var programs = Programs ?? throw new RunnerException("PostgreSQL is not installed.");
        var environment = new Dictionary<string, string?> { ["LLMOIN_POSTGRES_BIN"] = programs };
        if (buffers is not null) environment["LLMOIN_POSTGRES_BUFFERS"] = buffers;
        return ChildProcess.Start(
            "bash", [Installed.Script("postgres"), place, port.ToString(CultureInfo.InvariantCulture)], log, environment,
            stopSignal: Signal.Interrupt, longestStop: IServer.LongestStop);
    }

    /// <summary>
    /// Where the data really lies. For root that must be a place the unprivileged user can reach; below a closed directory (/root, a
    /// temporary directory) it is /var/lib/llmoin/HASH, and <paramref name="directory"/> becomes a link to it.
    /// </summary>
    private static string PlaceOf(string directory)
    {
        if (new DirectoryInfo(directory).LinkTarget is { } target) return Directory.CreateDirectory(target).FullName;
        if (!Environment.IsPrivilegedProcess || Directory.Exists(directory) || IsOpen(Path.GetDirectoryName(directory))) return directory;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(directory)))[..12];
        var place = Directory.CreateDirectory(Path.Combine("/var/lib/llmoin", hash)).FullName;
        Directory.CreateDirectory(Path.GetDirectoryName(directory)!);
        Directory.CreateSymbolicLink(directory, place);
        return place;
    }

    private static bool IsOpen(string? directory) =>
        directory is null || (!Directory.Exists(directory) || File.GetUnixFileMode(directory).HasFlag(UnixFileMode.OtherExecute)) && IsOpen(Path.GetDirectoryName(directory));
}
