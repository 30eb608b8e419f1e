using LLMoin.Inference.Announcements;
using LLMoin.Inference.Embeddings;
using LLMoin.Inference.Engines;
using LLMoin.Inference.Engines.Extractive;
using LLMoin.Inference.Engines.Llama;
using LLMoin.Inference.Engines.Replay;
using LLMoin.Inference.Generation;
using LLMoin.Inference.Models;
using LLMoin.Messaging.Broker;
using LLMoin.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace LLMoin.Inference;

/// <summary>The worker: an engine, the slots it runs generations in, and the broker on both sides.</summary>
internal static class InferenceService
{
    public static void AddInference(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<InferenceOptions>("Inference")
            .Validate(options => options.Engine != "replay" || !builder.Environment.IsProduction(),
                "Inference:Engine=replay answers from a script; it is for tests and does not start in Production.")
            .Validate(options => options.Engine != "llama" || options.Models.Count > 0, "Inference:Engine=llama needs at least one model in Inference:Models.")
            .Validate(options => options.TenantWeights.Values.All(weight => weight is > 0 and < 1e6), "Inference:TenantWeights: a weight lies above 0.");
        builder.AddBroker();
        builder.Services.AddSingleton(services => ModelsOf(services.GetRequiredService<IOptions<InferenceOptions>>().Value));
        switch (builder.Configuration["Inference:Engine"])
        {
            case "llama":
                builder.AddLlama();
                break;
            case "replay":
                builder.Services.AddSingleton<IEngine, ReplayEngine>();
                break;
            default:
                builder.Services.AddSingleton<IEngine, ExtractiveEngine>();
                break;
        }
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Slots>();
        builder.Services.AddSingleton<Throughput>();
        builder.Services.AddSingleton<ModelLoads>().AddHostedService(services => services.GetRequiredService<ModelLoads>());
        builder.Services.AddHostedService<GenerationWorker>();
        builder.Services.AddHostedService<EmbeddingWorker>();
        builder.Services.AddHostedService<Announcer>();
        // Beyond the drain, a worker hands its answers to others within a moment; nothing is gained by waiting longer.
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<InferenceOptions>>(
            (host, options) => host.ShutdownTimeout = options.Value.Drain + TimeSpan.FromSeconds(5));
    }

    private static void AddLlama(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<LlamaOptions>("Inference:Llama");
        builder.Services.AddSingleton<LlamaLoader>();
        builder.Services.AddSingleton<LlamaEngine>();
        builder.Services.AddSingleton<IEngine>(services => services.GetRequiredService<LlamaEngine>());
        builder.Services.AddHostedService(services => services.GetRequiredService<LlamaEngine>());
        builder.Services.AddHealthChecks().AddCheck<ModelsHealth>("models");
    }

    private static ModelStore ModelsOf(InferenceOptions options) => new(options.ModelsDirectory, ModelCatalogue.Load(options.ModelsDirectory));
}
