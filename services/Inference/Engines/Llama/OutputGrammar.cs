using LLMoin.Contracts.Inference;
using LLMoin.Inference.Structured;

namespace LLMoin.Inference.Engines.Llama;

/// <summary>The grammar that a request asks for, by its response format or by a call that it demands.</summary>
internal static class OutputGrammar
{
    /// <returns>GBNF; null for free text.</returns>
    /// <exception cref="EngineException">The schema says something that cannot be held; the message names it.</exception>
    public static string? For(GenerationRequest request, ToolCallFormat? calls)
    {
        if (calls is not null && request.ToolChoice is { Mode: ToolChoiceMode.Required or ToolChoiceMode.Function } choice)
            return Compile("tools", () => calls.Grammar(request.Tools, choice));
        return request.ResponseFormat switch
        {
            { Kind: ResponseFormatKind.JsonSchema, Schema: { } schema } => Compile("response_format", () => JsonSchemaGrammar.Compile(schema)),
            not null => JsonSchemaGrammar.AnyObject,
            _ => null,
        };
    }

    private static string Compile(string field, Func<string> compile)
    {
        try
        {
            return compile();
        }
        catch (UnsupportedSchemaException unsupported)
        {
            throw new EngineException(unsupported.Message) { Field = field };
        }
    }
}
