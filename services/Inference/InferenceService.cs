using LLMoin.Inference.Announcements;
using LLMoin.Inference.Embeddings;
using LLMoin.Inference.Engines;
using LLMoin.Inference.Engines.Extractive;
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
            .Validate(options => options.Engine != "llama" || options.Models.Count > 0, "Inference:Engine=llama needs at least one model in Inference:Models.");
        builder.AddBroker();
        builder.Services.AddSingleton(services => ModelsOf(services.GetRequiredService<IOptions<InferenceOptions>>().Value));
        builder.Services.AddSingleton<IEngine>(services => builder.Configuration["Inference:Engine"] switch
        {
            "replay" => new ReplayEngine(),
            null or "extractive" => new ExtractiveEngine(),
            var other => throw new InvalidOperationException($"The engine '{other}' is not part of this build."),
        });
        builder.Services.AddSingleton<Slots>();
        builder.Services.AddHostedService<GenerationWorker>();
        builder.Services.AddHostedService<EmbeddingWorker>();
        builder.Services.AddHostedService<Announcer>();
        // A worker hands its answers to others within a moment; nothing is gained by waiting longer.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
    }

    private static ModelStore ModelsOf(InferenceOptions options) => new(options.ModelsDirectory, ModelCatalogue.Load(options.ModelsDirectory));
}
