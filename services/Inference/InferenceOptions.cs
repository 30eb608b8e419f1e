using System.ComponentModel.DataAnnotations;

namespace LLMoin.Inference;

/// <summary>Section <c>Inference</c>.</summary>
internal sealed class InferenceOptions
{
    /// <summary><c>extractive</c>, <c>llama</c>, or <c>replay</c> outside production.</summary>
    [Required, RegularExpression("extractive|llama|replay")]
    public string Engine { get; set; } = "extractive";

    /// <summary>Models of the engine <c>llama</c>: ids of the catalogue, <c>owner/repo:file.gguf</c> or paths.</summary>
    public IList<string> Models { get; set; } = [];

    /// <summary>Where pulled models and the operator's own catalogue lie.</summary>
    [Required]
    public string ModelsDirectory { get; set; } = DefaultModelsDirectory;

    /// <summary>Where models are pulled from: Hugging Face or a mirror of it.</summary>
    public Uri HubUrl { get; set; } = new("https://huggingface.co");

    /// <summary>Generations that run at once.</summary>
    [Range(1, 4096)]
    public int Slots { get; set; } = 16;

    /// <summary>Further requests that this worker holds and orders; those beyond wait in the broker for any worker.</summary>
    [Range(0, 4096)]
    public int Waiting { get; set; } = 512;

    /// <summary>Shares of this worker by tenant; 2 gets twice as much as 1, which is the default.</summary>
    public Dictionary<string, double> TenantWeights { get; set; } = [];

    /// <summary>How long answers may go on after the worker was asked to stop; what is left then is handed to other workers.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Names this worker in announcements and logs.</summary>
    public string WorkerId { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>The folder <c>models</c> of the data directory.</summary>
    public static string DefaultModelsDirectory
        => Path.Combine(Environment.GetEnvironmentVariable("LLMOIN_DATA") is { Length: > 0 } data ? data : ".llmoin", "models");
}
