namespace LLMoin.Inference.Llama;

/// <summary>llama.cpp refused; the message says what and why, for the operator, without content of requests.</summary>
internal sealed class LlamaException(string message) : Exception(message);
