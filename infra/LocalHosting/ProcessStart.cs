using System.Globalization;

namespace LLMoin.Hosting;

/// <summary>Starts a replica of a project or executable with Aspire's environment and waits until its health check answers.</summary>
internal sealed class ProcessStart(Func<Resource, LogFile> logOf)
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2), ProbeInterval = TimeSpan.FromMilliseconds(100);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    /// <exception cref="RunnerException">The process ended, or was not healthy in time.</exception>
    public async Task<IRunning> StartAsync(ProcessResource resource, Instance instance, CancellationToken cancellation)
    {
        var (command, arguments, workingDirectory) = resource.Program();
        if (resource is ProjectResource && !File.Exists(command)) throw new RunnerException($"{command} is missing: build first (dotnet build -c Release).");
        foreach (var endpoint in resource.Endpoints) endpoint.Release(instance.Replica, mayMove: !resource.AddressIsKnown);

        var log = logOf(resource);
        var child = ChildProcess.Start(command, arguments, line => log.Write(instance.Name, line), Environment(resource, instance), workingDirectory);
        instance.Pid = child.Pid;
        try
        {
            if (resource.HealthCheck is { } check) await HealthyAsync(check, resource, instance, child, cancellation);
            return child;
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    private static async Task HealthyAsync(
        (string Path, int Status, string Endpoint) check, ProcessResource resource, Instance instance, ChildProcess child, CancellationToken cancellation)
    {
        var url = new Uri(resource.Endpoints.Single(e => e.Name == check.Endpoint).Url(instance.Replica) + check.Path);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(LongestStart);
        while (!await AnswersAsync(url, check.Status, limit.Token))
        {
            if (child.Exited.IsCompleted) throw new RunnerException($"ended with code {await child.Exited} before it was ready");
            await Task.WhenAny(child.Exited, Task.Delay(ProbeInterval, limit.Token));
            if (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
                throw new RunnerException($"{url} did not answer {check.Status} within {LongestStart.TotalSeconds:0} s");
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static async Task<bool> AnswersAsync(Uri url, int status, CancellationToken cancellation)
    {
        try
        {
            using var response = await Http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return (int)response.StatusCode == status;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>
    /// What Aspire sets, and the runner's own environment below it: a <c>Section__Key</c> set for the runner reaches every process. The
    /// runner's connection strings and parameters do not: each process gets only those it refers to.
    /// </summary>
    private static Dictionary<string, string?> Environment(ProcessResource resource, Instance instance)
    {
        var environment = new Dictionary<string, string?>();
        foreach (string name in System.Environment.GetEnvironmentVariables().Keys.Cast<string>())
            if (name.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Parameters__", StringComparison.OrdinalIgnoreCase))
                environment[name] = null;
        if (System.Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") is null) environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        environment["OTEL_SERVICE_NAME"] = resource.Name;
        environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instance.Name}-{Reaper.RunId[..8]}";

        var web = resource.Endpoints.Where(e => e.Scheme is "http" or "https" && e.EnvironmentVariable is null).ToList();
        environment["ASPNETCORE_URLS"] = web.Count > 0 ? string.Join(';', web.Select(e => e.Url(instance.Replica))) : null;
        foreach (var endpoint in resource.Endpoints)
            if (endpoint.EnvironmentVariable is { } variable)
                environment[variable] = endpoint.Port(instance.Replica).ToString(CultureInfo.InvariantCulture);
        foreach (var set in resource.Environment) set(environment);
        foreach (var reference in resource.References) reference.AddressIsKnown = true;
        return environment;
    }
}
