using System.Globalization;

namespace LLMoin.HostingTests.SmallPlatform;

/// <summary>A front and two replicas of a back, which has a broker and a database where <c>--servers true</c> asks for them; with
/// <c>--broken true</c> also something that cannot start.</summary>
internal static class SmallAppHost
{
    public static void Run(string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(args);
        var port = int.Parse(builder.Configuration["port"] ?? "0", CultureInfo.InvariantCulture);

        var back = builder.AddProject<ThisProject>("back-office")
            .WithHttpEndpoint(name: "http")
            .WithEndpoint(scheme: "http", name: "h2", env: "Http2__Port")
            .WithHttpHealthCheck("/health/ready")
            .WithEnvironment(Program.Role, "service")
            .WithEnvironment("Internal__VerificationKey", builder.AddParameter("internal-verification-key"))
            .WithReplicas(2);

        if (builder.Configuration["servers"] == "true")
        {
            var messaging = builder.AddRabbitMQ("messaging");
            var notes = builder.AddPostgres("postgres").AddDatabase("notes-db", "notes");
            back.WithReference(messaging).WaitFor(messaging).WithReference(notes, connectionName: "notes").WaitFor(notes);
        }

        builder.AddProject<ThisProject>("front")
            .WithHttpEndpoint(port: port == 0 ? null : port, name: "http")
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/health/ready")
            .WithEnvironment(Program.Role, "service")
            .WithEnvironment("Internal__SigningKey", builder.AddParameter("internal-signing-key", secret: true))
            .WithEnvironment("Greeting", builder.AddParameter("greeting", builder.Configuration["Parameters:greeting"] ?? "moin"))
            .WithReference(back).WaitFor(back);

        if (builder.Configuration["broken"] == "true")
            builder.AddExecutable("broken", "sh", ".", "-c", "echo 'Where are my shoes?'; exit 7").WithHttpEndpoint(name: "http").WithHttpHealthCheck();

        builder.Build().Run();
    }
}

/// <summary>The runner finds a project's executable beside its own, and there this test's executable is both.</summary>
internal sealed class ThisProject : IProjectMetadata
{
    public string ProjectPath => "/nowhere/HostingTests.csproj";
}
