using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LLMoin.Contracts.Inference;

namespace LLMoin.Inference.Structured.Calls;

/// <summary>A tool as one line of JSON for a prompt, umlauts as they are.</summary>
internal static class ToolText
{
    public static string Of(ToolDefinition tool)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("name", tool.Name);
            if (tool.Description is not null)
                writer.WriteString("description", tool.Description);
            writer.WritePropertyName("parameters");
            if (tool.Parameters is { } parameters)
                parameters.WriteTo(writer);
            else
                writer.WriteRawValue("{}");
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
