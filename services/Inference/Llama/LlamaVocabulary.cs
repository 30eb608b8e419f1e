using System.Buffers;
using System.Text;
using LLMoin.Inference.Llama.Native;

namespace LLMoin.Inference.Llama;

/// <summary>Text to tokens and back. Safe to use from any thread.</summary>
internal sealed unsafe class LlamaVocabulary
{
    private readonly ModelHandle _model;
    private readonly nint _pointer;
    private readonly byte[]?[] _pieces;
    private readonly bool[] _ends;

    public LlamaVocabulary(ModelHandle model)
    {
        _model = model;
        _pointer = LlamaNative.llama_model_get_vocab(model);
        Size = LlamaNative.llama_vocab_n_tokens(_pointer);
        _pieces = new byte[]?[Size];
        _ends = new bool[Size];
        for (var token = 0; token < Size; token++)
            _ends[token] = LlamaNative.llama_vocab_is_eog(_pointer, token) != 0;
    }

    /// <summary>Number of tokens.</summary>
    public int Size { get; }

    /// <summary>-1 where there is none.</summary>
    public int Bos => LlamaNative.llama_vocab_bos(_pointer);

    /// <summary>-1 where there is none.</summary>
    public int Eos => LlamaNative.llama_vocab_eos(_pointer);

    /// <summary>-1 where there is none.</summary>
    public int Separator => LlamaNative.llama_vocab_sep(_pointer);

    public bool AddsBos => LlamaNative.llama_vocab_get_add_bos(_pointer) != 0;

    /// <summary>The token ends an answer.</summary>
    public bool IsEnd(int token) => _ends[token];

    /// <summary>The text of a control token; empty where there is no such token.</summary>
    public string ControlText(int token) => token < 0 ? "" : Encoding.UTF8.GetString(Render(token, special: true));

    /// <summary>Control tokens with these texts have them as <see cref="Piece"/>, as somebody reads them.</summary>
    public void Show(IReadOnlyCollection<string> texts)
    {
        for (var token = 0; token < Size; token++)
            if (LlamaNative.llama_vocab_is_control(_pointer, token) != 0 && texts.Contains(ControlText(token)))
                _pieces[token] = Render(token, special: true);
    }

    /// <summary>The texts of control tokens, such as <c>&lt;|im_start|&gt;</c>.</summary>
    public IReadOnlyList<string> ControlTexts()
        => [.. Enumerable.Range(0, Size).Where(token => LlamaNative.llama_vocab_is_control(_pointer, token) != 0)
            .Select(ControlText).Where(text => text.Length > 0)];

    /// <param name="text">What to tokenise.</param>
    /// <param name="addSpecial">Puts the beginning-of-text token in front where the model wants one.</param>
    /// <param name="parseSpecial">Texts of control tokens become these tokens.</param>
    public int[] Tokenize(string text, bool addSpecial, bool parseSpecial)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length) + 1);
        // Never more tokens than bytes, and at most a beginning and an end besides.
        var length = Encoding.UTF8.GetBytes(text, bytes);
        var tokens = ArrayPool<int>.Shared.Rent(length + 8);
        try
        {
            fixed (byte* source = bytes)
            fixed (int* target = tokens)
            {
                var count = LlamaNative.llama_tokenize(_pointer, source, length, target, tokens.Length, addSpecial ? (byte)1 : (byte)0, parseSpecial ? (byte)1 : (byte)0);
                return count >= 0 ? tokens[..count] : throw new LlamaException($"A text of {length} bytes could not be tokenised.");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<int>.Shared.Return(tokens);
        }
    }

    /// <summary>The bytes that a token stands for: perhaps part of a character; none for control tokens.</summary>
    public ReadOnlySpan<byte> Piece(int token) => _pieces[token] ??= Render(token, special: false);

    private byte[] Render(int token, bool special)
    {
        Span<byte> buffer = stackalloc byte[128];
        fixed (byte* target = buffer)
        {
            var length = LlamaNative.llama_token_to_piece(_pointer, token, target, buffer.Length, 0, special ? (byte)1 : (byte)0);
            if (length >= 0)
                return buffer[..length].ToArray();
            var longer = new byte[-length];
            fixed (byte* all = longer)
                _ = LlamaNative.llama_token_to_piece(_pointer, token, all, longer.Length, 0, special ? (byte)1 : (byte)0);
            return longer;
        }
    }

    /// <summary>The state of a grammar for one answer.</summary>
    /// <exception cref="LlamaException">llama.cpp cannot read the grammar.</exception>
    public GrammarHandle StartGrammar(string gbnf)
    {
        // An empty one would be taken for "anything goes".
        var sampler = string.IsNullOrWhiteSpace(gbnf) ? 0 : LlamaNative.llama_sampler_init_grammar(_pointer, gbnf, "root");
        return sampler != 0 ? new GrammarHandle(sampler, _model) : throw new LlamaException("llama.cpp cannot read the grammar.");
    }
}
