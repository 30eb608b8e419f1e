// The whole platform on one page. The same file runs on the project's local runner (infra/LocalHosting, the default) and, built with
// -p:UseAspire=true, on Aspire.
using System.Globalization;

var builder = DistributedApplication.CreateBuilder(args);

#if USE_ASPIRE
builder.AddDockerComposeEnvironment("compose");
#endif

string Setting(string key, string fallback) => builder.Configuration[key] is { Length: > 0 } given ? given : fallback;
int Number(string key, int fallback) => int.Parse(Setting(key, fallback.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

var data = Path.GetFullPath(Setting("LLMOIN_DATA", ".llmoin"));
var port = Number("port", 8080);
var engine = builder.AddParameter("engine", Setting("Parameters:engine", "extractive"));
var signingKey = builder.AddParameter("internal-signing-key", secret: true);
var verificationKey = builder.AddParameter("internal-verification-key");

var messaging = builder.AddRabbitMQ("messaging").WithDataVolume();
var postgres = builder.AddPostgres("postgres").WithDataVolume();

var identity = AddOwner<Projects.Identity>("identity");
var retrieval = AddOwner<Projects.Retrieval>("retrieval").WithEnvironment("Retrieval__DataDirectory", Path.Combine(data, "retrieval"));
var chat = AddOwner<Projects.Chat>("chat").WithReference(retrieval);
var prompts = AddOwner<Projects.Prompts>("prompts").WithReference(identity);
var billing = AddOwner<Projects.Billing>("billing");

AddService<Projects.Inference>("inference")
    .WithReference(messaging).WaitFor(messaging)
    .WithEnvironment("Inference__Engine", engine)
    .WithReplicas(Number("Parameters:workers", 1));

// Language models run in a process of their own, so that a crash in native code does not take the extractive engine with it.
var models = Setting("Parameters:models", "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
if (models.Length > 0)
{
    var worker = AddService<Projects.Inference>("models")
        .WithReference(messaging).WaitFor(messaging)
        .WithEnvironment("Inference__Engine", "llama")
        .WithEnvironment("Inference__ModelsDirectory", Setting("Inference:ModelsDirectory", Path.Combine(data, "models")));
    foreach (var (index, model) in models.Index()) worker.WithEnvironment($"Inference__Models__{index}", model);
}

// Needs none of the services to start: it answers for those that are not up yet, and its health says who is missing.
var gateway = AddService<Projects.Gateway>("gateway", port == 0 ? null : port)
    .WithExternalHttpEndpoints()
    .WithReference(identity).WithReference(chat).WithReference(retrieval).WithReference(prompts).WithReference(billing)
    .WithReference(messaging)
    .WithEnvironment("Internal__SigningKey", signingKey)
    .WithEnvironment("Gateway__KeysDirectory", Path.Combine(data, "keys"));
var address = gateway.GetEndpoint("http");
gateway.WithEnvironment("Gateway__PublicUrl", address);
identity.WithEnvironment("Identity__PublicUrl", address);
if (builder.ExecutionContext.IsRunMode) identity.WithEnvironment("Identity__DemoUsers", "true");

builder.Build().Run();

// A service with a database of its own name that no other service sees.
IResourceBuilder<ProjectResource> AddOwner<TProject>(string name) where TProject : IProjectMetadata, new()
{
    var database = postgres.AddDatabase(name + "-db", databaseName: name);
    return AddService<TProject>(name)
        .WithReference(messaging).WaitFor(messaging)
        .WithReference(database, connectionName: name).WaitFor(database);
}

// HTTP/1.1 for people, probes and tools; cleartext HTTP/2 on a second listener for the gateway. Everybody checks the internal identity.
IResourceBuilder<ProjectResource> AddService<TProject>(string name, int? publicPort = null) where TProject : IProjectMetadata, new() =>
    builder.AddProject<TProject>(name)
        .WithHttpEndpoint(port: publicPort, name: "http")
        .WithEndpoint(scheme: "http", name: "h2", env: "Http2__Port")
        .WithHttpHealthCheck("/health/ready")
        .WithEnvironment("Internal__VerificationKey", verificationKey)
        .WithOtlpExporter();
