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

    /// <summary>How long an answer whose reader may come back goes on after the last one is gone.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan UnreadFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Answers where no worker of the wanted model does; empty for none.</summary>
    public string FallbackModel { get; set; } = "extractive";

    /// <summary>Passages put before the model.</summary>
    [Range(1, 20)]
    public int Passages { get; set; } = 6;

    /// <summary>Tokens that an answer is expected to have at most where its question sets no limit, for budgets; a longer one overshoots by the rest.</summary>
    [Range(1, 1_000_000)]
    public int ExpectedAnswer { get; set; } = 2_048;

    /// <summary>Longer work (summaries, research …) that one chat instance does at once; the rest waits in the order of its coming.</summary>
    [Range(1, 64)]
    public int Runs { get; set; } = 8;

    /// <summary>How many of those one person has under way at once.</summary>
    [Range(1, 64)]
    public int RunsPerUser { get; set; } = 2;

    /// <summary>How long a step of longer work waits for a slot; it does not fall back to another model.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RunPatience { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Assistants that one person may keep.</summary>
    [Range(1, 10_000)]
    public int MaxAssistants { get; set; } = 200;

    /// <summary>Models that only some tenants may use, by model id. A model not named here is open to all.</summary>
    public Dictionary<string, string[]> ModelTenants { get; set; } = [];
}
