namespace LLMoin.Inference.Models.Pulling;

/// <summary>A model cannot be pulled; the message says why and what to do, for the operator.</summary>
internal class PullException(string message) : Exception(message);

/// <summary>The connection broke or the server is busy: trying again may help.</summary>
internal sealed class TransientPullException(string message) : PullException(message);
