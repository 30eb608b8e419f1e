using System.Globalization;

namespace LLMoin.Hosting;

/// <summary>Aspire's fluent methods, with Aspire's signatures as far as AppHost.cs needs them.</summary>
public static class ResourceBuilderExtensions
{
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, () => ((Builder)builder).Secrets.Parameter(name, secret), secret));

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, () => value, secret));

    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new ConnectionStringResource(name, builder.Configuration["ConnectionStrings:" + name]
            ?? throw new RunnerException($"The connection string '{name}' is missing: set ConnectionStrings__{name}.")));

    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new RabbitMQServerResource(name));

    public static IResourceBuilder<PostgresServerResource> AddPostgres(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new PostgresServerResource(name));

    /// <summary>The runner's servers always keep their data, below the data directory.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(this IResourceBuilder<RabbitMQServerResource> builder, string? name = null) => builder;

    /// <inheritdoc cref="WithDataVolume(IResourceBuilder{RabbitMQServerResource}, string?)"/>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(this IResourceBuilder<PostgresServerResource> builder, string? name = null) => builder;

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.Databases.Add(database);
        return builder.ApplicationBuilder.AddResource(database);
    }

    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder, string name, string command, string workingDirectory, params string[]? args) =>
        builder.AddResource(new ExecutableResource(name, command, workingDirectory, args ?? []));

    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() =>
        builder.AddResource(new ProjectResource(name, new TProject()));

    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        builder.Resource.Replicas = replicas;
        return builder;
    }

    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, string? scheme = null, string? name = null, string? env = null)
        where T : IResourceWithEndpoints
    {
        Of(builder).Endpoints.Add(new Endpoint(name ?? scheme ?? "tcp", scheme ?? "tcp", env, port));
        return builder;
    }

    public static IResourceBuilder<T> WithHttpEndpoint<T>(this IResourceBuilder<T> builder, int? port = null, string? name = null, string? env = null)
        where T : IResourceWithEndpoints =>
        builder.WithEndpoint(port, "http", name ?? "http", env);

    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder) where T : IResourceWithEndpoints
    {
        foreach (var endpoint in Of(builder).Endpoints.Where(e => e.Scheme == "http")) endpoint.IsExternal = true;
        return builder;
    }

    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name) where T : IResourceWithEndpoints =>
        new(Of(builder).Endpoints.Single(e => e.Name == name));

    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        Of(builder).HealthCheck = (path ?? "/", statusCode ?? 200, endpointName ?? "http");
        return builder;
    }

    /// <summary>Every process gets OTEL_SERVICE_NAME and inherits the runner's OTEL_EXPORTER_OTLP_* anyway.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder) where T : IResourceWithEnvironment => builder;

    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport
    {
        var awaited = (Resource)dependency.Resource;
        Of(builder).WaitsFor.Add(awaited is PostgresDatabaseResource database ? database.Parent : awaited);
        return builder;
    }

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment => Set(builder, e => e[name] = value);

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : IResourceWithEnvironment => Set(builder, e => e[name] = parameter.Resource.Value);

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, EndpointReference endpointReference)
        where T : IResourceWithEnvironment => Set(builder, e => e[name] = endpointReference.Url);

    /// <summary>Gives <c>ConnectionStrings__NAME</c> and, since it is known only then, waits until the source is ready.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null)
        where TDestination : IResourceWithEnvironment
    {
        var awaited = (Resource)source.Resource;
        Of(builder).WaitsFor.Add(awaited is PostgresDatabaseResource database ? database.Parent : awaited);
        return Set(builder, e => e["ConnectionStrings__" + (connectionName ?? source.Resource.Name)] = source.Resource.ConnectionString);
    }

    /// <summary>Gives <c>services__NAME__ENDPOINT__N</c> for every replica N and <c>NAME_ENDPOINT</c> for the first.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        var service = (Resource)source.Resource;
        Of(builder).References.Add(service);
        return Set(builder, e =>
        {
            foreach (var endpoint in service.Endpoints)
            {
                foreach (var (replica, url) in endpoint.Urls.Index()) e[$"services__{service.Name}__{endpoint.Name}__{replica}"] = url;
                e[$"{service.Name}_{endpoint.Name}".Replace('-', '_').ToUpper(CultureInfo.InvariantCulture)] = endpoint.Url(0);
            }
        });
    }

    private static Resource Of<T>(IResourceBuilder<T> builder) where T : IResource => (Resource)(object)builder.Resource;

    private static IResourceBuilder<T> Set<T>(IResourceBuilder<T> builder, Action<IDictionary<string, string?>> set) where T : IResource
    {
        Of(builder).Environment.Add(set);
        return builder;
    }
}
