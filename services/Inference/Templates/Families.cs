using LLMoin.Inference.Engines;

namespace LLMoin.Inference.Templates;

/// <summary>Our own templates, for model files without one and for operators who would rather not trust the file's.</summary>
internal static class Families
{
    private static readonly string[] Names = ["chatml", "gemma", "llama3", "mistral", "phi", "qwen"];

    /// <summary>The names, for messages.</summary>
    public static string Known { get; } = string.Join(", ", Names);

    /// <exception cref="EngineException">No family of this name.</exception>
    public static string Source(string model, string family)
    {
        if (!Names.Contains(family, StringComparer.Ordinal))
            throw new EngineException($"The model '{model}' is configured with the unknown template '{family}'; known are: {Known}.");
        using var stream = typeof(Families).Assembly.GetManifestResourceStream($"Templates/{family}.jinja")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
