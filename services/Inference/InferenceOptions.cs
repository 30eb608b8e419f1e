using System.ComponentModel.DataAnnotations;

namespace LLMoin.Inference;

/// <summary>Section <c>Inference</c>.</summary>
internal sealed class InferenceOptions
{
    /// <summary><c>extractive</c>, or <c>replay</c> outside production.</summary>
    [Required, RegularExpression("extractive|replay")]
    public string Engine { get; set; } = "extractive";

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
}
