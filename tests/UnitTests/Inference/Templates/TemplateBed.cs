using System.Text.Json;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Templates;

namespace LLMoin.UnitTests.Inference.Templates;

/// <summary>
/// Templates of the families that public models come from: ours, and ones written in the dialect of the published ones
/// (<c>Dialects/*.jinja</c>).
/// </summary>
internal static class TemplateBed
{
    private static readonly Dictionary<string, SpecialTexts> Vocabularies = new()
    {
        ["chatml"] = new("", "<|im_end|>", ["<|im_start|>", "<|im_end|>"]),
        ["qwen"] = new("", "<|im_end|>", ["<|im_start|>", "<|im_end|>", "<|endoftext|>", "<tool_call>", "</tool_call>"]),
        ["llama3"] = new("<|begin_of_text|>", "<|eot_id|>", ["<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]),
        ["mistral"] = new("<s>", "</s>", ["<s>", "</s>", "[INST]", "[/INST]", "[TOOL_CALLS]", "[AVAILABLE_TOOLS]", "[TOOL_RESULTS]"]),
        ["tekken"] = new("<s>", "</s>", ["<s>", "</s>", "[INST]", "[/INST]", "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]"]),
        ["gemma"] = new("<bos>", "<eos>", ["<bos>", "<eos>", "<start_of_turn>", "<end_of_turn>", "\n\n"]),
        ["phi3"] = new("<s>", "<|end|>", ["<s>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>"]),
        ["phi4mini"] = new("", "<|end|>", ["<|system|>", "<|user|>", "<|assistant|>", "<|end|>", "<|tool|>"]),
        ["phi4"] = new("", "<|im_end|>", ["<|im_start|>", "<|im_end|>", "<|im_sep|>"]),
    };

    public static readonly ToolDefinition Weather = new("wetter", "Sagt das Wetter", Schema("""{"type":"object","properties":{"ort":{"type":"string"}}}"""));

    public static PromptMessage[] Conversation { get; } =
        [new("system", "Sei knapp."), new("user", "Guten Tag"), new("assistant", "Moin."), new("user", "Wie geht's?")];

    public static PromptMessage[] ToolConversation { get; } =
    [
        new("user", "Wie wird es?"),
        new("assistant", "") { ToolCalls = [new ToolCall("abcdefgh1", "wetter", """{"ort":"Köln"}""")] },
        new("tool", "7") { ToolCallId = "abcdefgh1" },
    ];

    public static SpecialTexts Vocabulary(string name) => Vocabularies[name];

    /// <summary>Our template for the family, with one of its vocabularies.</summary>
    public static ChatTemplate Ours(string vocabulary, TimeProvider? clock = null)
        => ChatTemplate.Load("test", null, vocabulary switch { "tekken" => "mistral", "phi3" or "phi4" or "phi4mini" => "phi", _ => vocabulary }, Vocabularies[vocabulary], clock);

    /// <summary>The one in the published dialect.</summary>
    public static ChatTemplate Published(string name, TimeProvider? clock = null)
        => ChatTemplate.Load("test", Source(name), null, Vocabularies[name == "qwen3" ? "qwen" : name], clock);

    public static ChatTemplate Inline(string jinja) => ChatTemplate.Load("test", jinja, null, Vocabularies["chatml"]);

    public static string Source(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Inference", "Templates", "Dialects", $"{name}.jinja"));

    private static JsonElement Schema(string json) => JsonDocument.Parse(json).RootElement;
}
