using Microsoft.Extensions.Configuration;

namespace LLMoin.Hosting;

public interface IResourceBuilder<out T> where T : IResource
{
    T Resource { get; }
    IDistributedApplicationBuilder ApplicationBuilder { get; }
}

public interface IDistributedApplicationBuilder
{
    /// <summary>Environment variables (<c>Section__Key</c>) and, stronger, arguments (<c>--Section:Key=value</c>).</summary>
    ConfigurationManager Configuration { get; }
    DistributedApplicationExecutionContext ExecutionContext { get; }
    IResourceBuilder<T> AddResource<T>(T resource) where T : IResource;
    DistributedApplication Build();
}

/// <summary>The local runner only runs; publishing manifests is Aspire's part.</summary>
public sealed class DistributedApplicationExecutionContext
{
    public bool IsRunMode { get; } = true;
    public bool IsPublishMode => !IsRunMode;
}

internal sealed class Builder : IDistributedApplicationBuilder
{
    private readonly List<Resource> _resources = [];

    public Builder(string[] args)
    {
        Configuration.AddEnvironmentVariables().AddCommandLine([.. args.Where(a => a != "--verbose")]);
        Options = RunnerOptions.From(Configuration, args);
        Secrets = new Secrets(Path.Combine(Options.DataDirectory, "secrets"), Configuration);
    }

    public ConfigurationManager Configuration { get; } = new();
    public DistributedApplicationExecutionContext ExecutionContext { get; } = new();
    public RunnerOptions Options { get; }
    public Secrets Secrets { get; }

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        if (_resources.Any(r => r.Name == resource.Name)) throw new ArgumentException($"There are two resources named '{resource.Name}'.");
        _resources.Add((Resource)(object)resource);
        return new ResourceBuilder<T>(resource, this);
    }

    public DistributedApplication Build() => new(_resources, Options, Configuration, Secrets);
}

internal sealed record ResourceBuilder<T>(T Resource, IDistributedApplicationBuilder ApplicationBuilder) : IResourceBuilder<T>
    where T : IResource;

/// <param name="DataDirectory">Absolute; holds data, logs, secrets and state.json. <c>LLMOIN_DATA</c>, default <c>.llmoin</c>.</param>
/// <param name="Verbose">The processes' output goes to the console as well as to their log files.</param>
internal sealed record RunnerOptions(string DataDirectory, bool Verbose)
{
    public static RunnerOptions From(IConfiguration configuration, string[] args) =>
        new(Path.GetFullPath(configuration["LLMOIN_DATA"] is { Length: > 0 } given ? given : ".llmoin"), args.Contains("--verbose"));
}
