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
    public int Waiting { get; set; } = 64;

    /// <summary>Names this worker in announcements and logs.</summary>
    public string WorkerId { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}";
}
