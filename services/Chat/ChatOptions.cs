using System.ComponentModel.DataAnnotations;

namespace LLMoin.Chat;

/// <summary>Section <c>Chat</c>.</summary>
internal sealed class ChatOptions
{
    /// <summary>How long a question may wait for a slot before the fallback model or an error answers.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan QueueDeadline { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A worker that is silent for this long has lost the answer; it is put to another.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan WorkerSilence { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Tries before a question counts as poison.</summary>
    [Range(1, 20)]
    public int Attempts { get; set; } = 4;

    /// <summary>Answers where no worker of the wanted model does; empty for none.</summary>
    public string FallbackModel { get; set; } = "extractive";

    /// <summary>Passages put before the model.</summary>
    [Range(1, 20)]
    public int Passages { get; set; } = 6;

    /// <summary>Models that only some tenants may use, by model id. A model not named here is open to all.</summary>
    public Dictionary<string, string[]> ModelTenants { get; set; } = [];
}
