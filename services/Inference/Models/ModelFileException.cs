namespace LLMoin.Inference.Models;

/// <summary>A model file that must not reach llama.cpp. The message names the file and the reason, for the operator.</summary>
internal sealed class ModelFileException(string path, string reason) : Exception($"{path}: {reason}")
{
    public string Path { get; } = path;
}
