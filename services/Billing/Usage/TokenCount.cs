using System.Text.Json;
using System.Text.Json.Serialization;

namespace LLMoin.Billing.Usage;

/// <summary>A number of tokens as the model that handled them counts; a plain number in JSON.</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct TokenCount(long Value)
{
    private sealed class Converter : JsonConverter<TokenCount>
    {
        public override TokenCount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, TokenCount value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }
}
