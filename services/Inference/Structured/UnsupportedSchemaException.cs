namespace LLMoin.Inference.Structured;

/// <summary>
/// A JSON schema that no grammar can hold a model to. The message is for the caller: it names the keyword and where it stands, as in
/// <c>The schema keyword 'not' at #/properties/a is not supported.</c>
/// </summary>
internal sealed class UnsupportedSchemaException(string message) : Exception(message);
