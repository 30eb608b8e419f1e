using System.Runtime.CompilerServices;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Llama;
using LLMoin.Inference.Models;
using LLMoin.Inference.Prompts;
using LLMoin.Inference.Sampling;
using LLMoin.Inference.Scheduling;
using LLMoin.Inference.Structured;
using LLMoin.Inference.Templates;

namespace LLMoin.Inference.Engines.Llama;

/// <summary>A language model that is loaded: from a request to tokens, and back from tokens to text.</summary>
internal sealed class ChatModel : ILoadedModel
{
    private readonly LlamaModel _model;
    private readonly ModelScheduler _scheduler;
    private readonly ChatTemplate _template;
    private readonly ToolCallFormat _calls;
    private readonly ReasoningMarkers? _reasoning;

    public ChatModel(ModelSpec spec, LlamaModel model, ModelScheduler scheduler, long memoryBytes)
    {
        _model = model;
        _scheduler = scheduler;
        MemoryBytes = memoryBytes;
        var vocabulary = model.Vocabulary;
        var special = new SpecialTexts(vocabulary.ControlText(vocabulary.Bos), vocabulary.ControlText(vocabulary.Eos), vocabulary.ControlTexts());
        _template = ChatTemplate.Load(spec.Id, spec.Header.ChatTemplate, spec.TemplateFamily, special);
        _calls = _template.SupportsTools ? ToolCallFormat.For(spec.Header.ChatTemplate) : ToolCallFormat.Generic;
        _reasoning = ReasoningMarkers.For(spec.Header.ChatTemplate);
        vocabulary.Show([.. _calls.Markers, .. _reasoning is { } markers ? (string[])[markers.Open, markers.Close] : []]);
        Served = new ServedModel(spec.Id, ModelKind.Chat, spec.OwnedBy, scheduler.ContextTokens) { Json = true, Tools = true, PriceClass = spec.PriceClass };
    }

    public ServedModel Served { get; }

    public long MemoryBytes { get; }

    public SchedulerCounters Counters => _scheduler.Counters;

    public int CountTokens(string text) => _model.Vocabulary.Tokenize(text, addSpecial: false, parseSpecial: false).Length;

    public async IAsyncEnumerable<GeneratedPiece> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var format = ToolFormat(request);
        // Rendering and tokenising a long prompt takes a while, and the caller has others to serve.
        var (task, splitter) = await Task.Run(() => Prepare(request, format), cancellation);
        yield return new GeneratedPiece("", 0) { PromptTokens = task.Prompt.Length - request.EmittedTokens };
        if (request.Sampling.MaxTokens <= request.EmittedTokens)
        {
            // The worker before fell silent when all but the end was said.
            task.Dispose();
            yield return new GeneratedPiece("", 0, "length");
            yield break;
        }

        var decoder = new TokenDecoder(_model.Vocabulary);
        var pieces = new List<OutputPiece>();
        var tokens = 0;
        using var stop = cancellation.UnsafeRegister(static task => ((GenerationTask)task!).Cancel(), task);
        try
        {
            _scheduler.Start(task);
            while (!splitter.Stopped && await task.Output.WaitToReadAsync(cancellation))
                while (!splitter.Stopped && task.Output.TryRead(out var token))
                {
                    // One by one, also where several are there: a count that ran ahead of its text would shift the draws of whoever goes on.
                    tokens++;
                    splitter.Feed(decoder.Next(token), pieces);
                    foreach (var piece in Take(pieces, ref tokens))
                        yield return piece;
                }
        }
        finally
        {
            task.Cancel();
        }
        splitter.Feed(splitter.Stopped ? "" : decoder.End(), pieces);
        splitter.Flush(pieces);
        foreach (var piece in Take(pieces, ref tokens))
            yield return piece;
        var reason = splitter.HasCalls ? "tool_calls" : splitter.Stopped || task.Ending == Ending.Stop ? "stop" : "length";
        yield return new GeneratedPiece("", tokens, reason);
    }

    public void Dispose()
    {
        _scheduler.Dispose();
        _model.Dispose();
    }

    private ToolCallFormat? ToolFormat(GenerationRequest request)
        => request.Tools.Count > 0 && request.ToolChoice?.Mode != ToolChoiceMode.None ? _calls : null;

    private (GenerationTask Task, OutputSplitter Splitter) Prepare(GenerationRequest request, ToolCallFormat? format)
    {
        var gbnf = OutputGrammar.For(request, format);
        var text = _template.Render(new ChatPrompt
        {
            Messages = GroundedPrompt.Messages(request),
            Tools = format is null ? [] : request.Tools,
            ToolInstruction = format is { NeedsExplanation: true } ? ToolCallFormat.Explain(request.Tools) : null,
            // A grammar binds from the first token, so that there is no room for reasoning.
            Thinking = gbnf is null ? null : false,
            Started = request.EmittedText + (request.EmittedToolCalls.Count > 0 && format is not null ? format.Render(request.EmittedToolCalls) : ""),
            StartedReasoning = request.EmittedReasoning,
        });
        var reasons = ChatTemplate.EndsInReasoning(text) || (request.EmittedReasoning.Length > 0 && request.EmittedText.Length == 0);
        if (reasons && gbnf is not null)
        {
            text += _reasoning?.Close + "\n\n";
            reasons = false;
        }

        var prompt = _model.Vocabulary.Tokenize(text, addSpecial: !_template.WritesBos, parseSpecial: true);
        var left = _scheduler.ContextTokens - prompt.Length;
        if (left < 1)
            throw new EngineException($"The conversation has {prompt.Length} tokens; the model '{Served.Id}' takes {_scheduler.ContextTokens - 1}.") { Field = "messages" };
        var most = Math.Min(left, (request.Sampling.MaxTokens ?? int.MaxValue) - request.EmittedTokens);
        var sampler = new TokenSampler(SamplerSettings.Of(request), prompt, request.EmittedTokens, gbnf is null ? null : StartGrammar(gbnf, request));
        var splitter = new OutputSplitter(new OutputShape
        {
            Reasoning = _reasoning,
            StartsInReasoning = reasons,
            Continues = request.EmittedTokens > 0,
            Calls = format,
            Tools = request.Tools,
            Stop = request.Sampling.Stop,
        });
        return (new GenerationTask(prompt, sampler, Math.Max(1, most), request.Priority == Priority.Batch, request.Tenant), splitter);
    }

    /// <summary>A grammar that stands where the answer so far has left it.</summary>
    private Grammar StartGrammar(string gbnf, GenerationRequest request)
    {
        var grammar = new Grammar(_model.Vocabulary, gbnf);
        foreach (var token in _model.Vocabulary.Tokenize(request.EmittedText, addSpecial: false, parseSpecial: false))
        {
            if (!grammar.Allows(token))
            {
                grammar.Dispose();
                throw new EngineException("The answer so far does not fit the grammar; it cannot be continued.");
            }
            grammar.Accept(token);
        }
        return grammar;
    }

    /// <summary>What readers get; the tokens counted so far go with the first of it.</summary>
    private static List<GeneratedPiece> Take(List<OutputPiece> pieces, ref int tokens)
    {
        if (pieces.Count == 0)
            return [];
        var taken = new List<GeneratedPiece>(pieces.Count);
        foreach (var piece in pieces)
        {
            taken.Add(piece.Kind switch
            {
                OutputKind.Reasoning => new GeneratedPiece("", tokens, Reasoning: piece.Text),
                OutputKind.Call => new GeneratedPiece("", tokens, ToolCall: piece.Call),
                _ => new GeneratedPiece(piece.Text, tokens),
            });
            tokens = 0;
        }
        pieces.Clear();
        return taken;
    }
}
