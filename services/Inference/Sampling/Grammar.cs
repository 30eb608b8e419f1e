using LLMoin.Inference.Llama;
using LLMoin.Inference.Llama.Native;

namespace LLMoin.Inference.Sampling;

/// <summary>Which tokens may come next for the answer to stay within a grammar. The state lives in llama.cpp.</summary>
internal sealed unsafe class Grammar : IDisposable
{
    private readonly GrammarHandle _state;
    private readonly TokenData[] _all;

    /// <param name="vocabulary">The model's.</param>
    /// <param name="gbnf">In llama.cpp's notation, with the rule <c>root</c>.</param>
    /// <exception cref="LlamaException">llama.cpp cannot read it.</exception>
    public Grammar(LlamaVocabulary vocabulary, string gbnf)
    {
        _state = vocabulary.StartGrammar(gbnf);
        _all = new TokenData[vocabulary.Size];
    }

    /// <summary>Asking for one token is cheap, and the model's own choice fits nearly always.</summary>
    public bool Allows(int token)
    {
        var one = new TokenData { Id = token };
        var array = new TokenDataArray { Data = &one, Size = 1, Selected = -1 };
        LlamaNative.llama_sampler_apply(_state, &array);
        return !float.IsNegativeInfinity(one.Logit);
    }

    /// <summary>Sets the logits of all tokens that do not fit to minus infinity.</summary>
    public void Mask(Span<float> logits)
    {
        for (var token = 0; token < logits.Length; token++)
            _all[token] = new TokenData { Id = token, Logit = logits[token] };
        fixed (TokenData* data = _all)
        {
            var array = new TokenDataArray { Data = data, Size = (nuint)logits.Length, Selected = -1 };
            LlamaNative.llama_sampler_apply(_state, &array);
        }
        foreach (ref readonly var token in _all.AsSpan())
            logits[token.Id] = token.Logit;
    }

    /// <summary>The token was chosen. It must be one that fits: anything else ends the process.</summary>
    public void Accept(int token) => LlamaNative.llama_sampler_accept(_state, token);

    public void Dispose() => _state.Dispose();
}
