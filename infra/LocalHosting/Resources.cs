namespace LLMoin.Hosting;

// The part of Aspire's resource model that AppHost.cs uses, under the same names, so that the same file compiles against both.

public interface IProjectMetadata
{
    string ProjectPath { get; }
    bool SuppressBuild => false;
}

public interface IResource
{
    string Name { get; }
}

public interface IResourceWithEnvironment : IResource;

public interface IResourceWithEndpoints : IResource;

public interface IResourceWithWaitSupport : IResource;

public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

public interface IResourceWithConnectionString : IResource
{
    /// <summary>Null until the resource is ready.</summary>
    string? ConnectionString { get; }
}

public abstract class Resource(string name) : IResource
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name { get; } = name;

    /// <summary>Started before this one and stopped after it.</summary>
    internal HashSet<Resource> WaitsFor { get; } = [];

    /// <summary>Used by this one over HTTP: stopped after it, but not waited for.</summary>
    internal HashSet<Resource> References { get; } = [];

    internal List<Endpoint> Endpoints { get; } = [];
    internal List<Action<IDictionary<string, string?>>> Environment { get; } = [];
    internal int Replicas { get; set; } = 1;
    internal (string Path, int Status, string Endpoint)? HealthCheck { get; set; }

    /// <summary>A process that uses it has started, so its ports must stay as they are.</summary>
    internal bool AddressIsKnown { get; set; }

    internal virtual Task Ready => _ready.Task;
    internal void BecameReady() => _ready.TrySetResult();
}

/// <summary>A program that the runner starts as a process of its own, once per replica.</summary>
public abstract class ProcessResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithWaitSupport, IResourceWithServiceDiscovery
{
    internal abstract (string Command, string[] Arguments, string WorkingDirectory) Program();
}

public sealed class ProjectResource(string name, IProjectMetadata metadata) : ProcessResource(name)
{
    /// <summary>
    /// All projects build into sibling folders (artifacts/bin/PROJECT/CONFIGURATION), so a project's executable lies beside the
    /// AppHost's own. It runs in its source folder, where Aspire and `dotnet run` start it too.
    /// </summary>
    internal override (string Command, string[] Arguments, string WorkingDirectory) Program()
    {
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var project = Path.GetFileNameWithoutExtension(metadata.ProjectPath);
        var output = Path.Combine(own.Parent!.Parent!.FullName, project, own.Name);
        var source = Path.GetDirectoryName(metadata.ProjectPath)!;
        return (Path.Combine(output, "LLMoin." + project), [], Directory.Exists(source) ? source : output);
    }
}

public sealed class ExecutableResource(string name, string command, string workingDirectory, string[] arguments) : ProcessResource(name)
{
    internal override (string Command, string[] Arguments, string WorkingDirectory) Program() =>
        (command, arguments, Path.GetFullPath(workingDirectory));
}

public sealed class ParameterResource(string name, Func<string> value, bool secret) : Resource(name)
{
    public bool Secret => secret;
    internal string Value => value();
    internal override Task Ready => Task.CompletedTask;
}

/// <summary>Something outside the platform, known only by its connection string.</summary>
public sealed class ConnectionStringResource(string name, string? connectionString)
    : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
{
    public string? ConnectionString => connectionString;
    internal override Task Ready => Task.CompletedTask;
}

/// <summary>A server the platform needs: given, private or in a container, whichever there is.</summary>
public abstract class ServerResource(string name) : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
{
    public string? ConnectionString { get; internal set; }
}

public sealed class RabbitMQServerResource(string name) : ServerResource(name);

public sealed class PostgresServerResource(string name) : ServerResource(name)
{
    internal List<PostgresDatabaseResource> Databases { get; } = [];
}

public sealed class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource parent)
    : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
{
    public PostgresServerResource Parent => parent;
    public string DatabaseName => databaseName;
    public string? ConnectionString { get; internal set; }
    internal override Task Ready => parent.Ready;
}
