using System.Text;
using LLMoin.Inference.Llama;

namespace LLMoin.Inference.Engines.Llama;

/// <summary>Turns one answer's tokens into whole characters: a token may end in the middle of one, which then waits for the next.</summary>
internal sealed class TokenDecoder(LlamaVocabulary vocabulary)
{
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();
    private char[] _characters = new char[64];
    private char _highSurrogate;

    public string Next(int token) => Decode(vocabulary.Piece(token), flush: false);

    /// <summary>What is left of a character that never got whole shows as U+FFFD.</summary>
    public string End() => Decode([], flush: true);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        if (_characters.Length < bytes.Length + 8)
            _characters = new char[bytes.Length + 8];
        var start = 0;
        if (_highSurrogate != 0)
            _characters[start++] = _highSurrogate;
        var length = start + _utf8.GetChars(bytes, _characters.AsSpan(start), flush);
        _highSurrogate = length > 0 && !flush && char.IsHighSurrogate(_characters[length - 1]) ? _characters[--length] : '\0';
        return length == 0 ? "" : new string(_characters, 0, length);
    }
}
