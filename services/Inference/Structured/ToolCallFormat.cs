using System.Reflection;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Structured.Calls;
using LLMoin.Inference.Structured.Gbnf;
using LLMoin.Inference.Structured.Schemas;

namespace LLMoin.Inference.Structured;

/// <summary>
/// How a family of models writes tool calls, as their chat templates and model cards show it: Hermes and Qwen
/// (<c>&lt;tool_call&gt;{"name":…,"arguments":…}&lt;/tool_call&gt;</c>), Mistral up to and from its tokenizer 11
/// (<c>[TOOL_CALLS][{"name":…,"arguments":…}]</c> and <c>[TOOL_CALLS]name[ARGS]{…}</c>) and Llama 3
/// (<c>{"name":…,"parameters":…}</c>). Models of other families are told to write as Hermes does.
/// </summary>
internal sealed class ToolCallFormat
{
    /// <summary>Calls in one answer that a grammar admits, so that it ends.</summary>
    private const int MostCalls = 8;

    private static readonly Layout Tagged = new("", "<tool_call>\n{\"name\": \"", "\", \"arguments\": ", "}\n</tool_call>", "\n", "");
    private static readonly Layout Listed = new("[TOOL_CALLS][", "{\"name\": \"", "\", \"arguments\": ", "}", ", ", "]");
    private static readonly Layout Named = new("", "[TOOL_CALLS]", "[ARGS]", "", "", "");
    private static readonly Layout Bare = new("", "{\"name\": \"", "\", \"parameters\": ", "}", "; ", "");
    private static readonly string Explanation = ReadExplanation();

    private readonly Layout _layout;
    private readonly Func<IReadOnlySet<string>, CallReader> _reader;

    private ToolCallFormat(string name, IReadOnlyList<string> markers, Layout layout, Func<IReadOnlySet<string>, CallReader> reader)
    {
        Name = name;
        Markers = markers;
        _layout = layout;
        _reader = reader;
    }

    public static ToolCallFormat Hermes { get; } = new("hermes", ["<tool_call>"], Tagged, tools => new TaggedCallReader(tools));

    public static ToolCallFormat MistralList { get; } = new("mistral", ["[TOOL_CALLS]"], Listed, tools => new MistralCallReader(tools));

    public static ToolCallFormat MistralNamed { get; } = new("mistral-11", ["[TOOL_CALLS]"], Named, tools => new MistralCallReader(tools));

    public static ToolCallFormat Llama { get; } = new("llama-3", ["<|python_tag|>"], Bare, tools => new BareCallReader(tools)) { BareObjects = true, Single = true };

    /// <summary>For models whose template does not know tools: the prompt must hold <see cref="Explain"/>.</summary>
    public static ToolCallFormat Generic { get; } = new("generic", Hermes.Markers, Tagged, tools => new TaggedCallReader(tools)) { NeedsExplanation = true };

    public string Name { get; }

    /// <summary>Texts that start calls wherever they stand in an answer.</summary>
    public IReadOnlyList<string> Markers { get; }

    /// <summary>A JSON object that an answer starts with is a call too, if it looks like one.</summary>
    public bool BareObjects { get; private init; }

    /// <summary>The chat template does not tell the model about tools; the prompt must.</summary>
    public bool NeedsExplanation { get; private init; }

    private bool Single { get; init; }

    /// <summary>The format of a model, by the markers in its chat template.</summary>
    /// <param name="chatTemplate">Jinja; null where the model brings none.</param>
    public static ToolCallFormat For(string? chatTemplate)
    {
        if (Has("[TOOL_CALLS]"))
            return Has("[ARGS]") ? MistralNamed : MistralList;
        // Qwen3-Coder and GLM write XML inside the same tags.
        if (Has("<tool_call>") && !Has("<function=") && !Has("<arg_key>"))
            return Hermes;
        return Has("<|python_tag|>") || Has("\"parameters\": dictionary") ? Llama : Generic;

        bool Has(string marker) => chatTemplate?.Contains(marker, StringComparison.Ordinal) == true;
    }

    /// <summary>A grammar whose texts are calls: of the named function once, or of any of the tools, once or several times.</summary>
    /// <param name="tools">Those offered.</param>
    /// <param name="choice"><see cref="ToolChoiceMode.Required"/> or <see cref="ToolChoiceMode.Function"/>.</param>
    /// <exception cref="UnsupportedSchemaException">A tool's parameters cannot be expressed, or there is no such tool.</exception>
    public string Grammar(IReadOnlyList<ToolDefinition> tools, ToolChoice choice)
    {
        var named = choice.Mode == ToolChoiceMode.Function;
        List<ToolDefinition> callable = [.. tools.Where(tool => !named || tool.Name == choice.Function)];
        if (callable.Count == 0)
            throw new UnsupportedSchemaException($"There is no tool '{choice.Function}' to call.");

        var grammar = new GrammarBuilder();
        var call = grammar.Share(string.Join(" | ", callable.Select(tool => _layout.Call(tool.Name, Arguments(tool, grammar)))));
        var more = named || Single ? "" : grammar.Repeat(grammar.Share($"{Layout.Literal(_layout.Between)} {call}".TrimStart()), 0, MostCalls - 1);
        return grammar.Build($"{Layout.Literal(_layout.Opening)} {call} {more} {Layout.Literal(_layout.Closing)}".Trim());
    }

    /// <summary>Calls as the model wrote them, to continue an answer after.</summary>
    public string Render(IReadOnlyList<ToolCall> calls)
        => calls.Count == 0 ? "" : $"{_layout.Opening}{string.Join(_layout.Between, calls.Select(_layout.Text))}{_layout.Closing}";

    /// <summary>What the system prompt says about the tools where <see cref="NeedsExplanation"/>.</summary>
    public static string Explain(IReadOnlyList<ToolDefinition> tools)
        => Explanation.Replace("{tools}", string.Join('\n', tools.Select(ToolText.Of)), StringComparison.Ordinal);

    /// <summary>A reader for what follows a marker.</summary>
    internal CallReader Read(IReadOnlySet<string> tools) => _reader(tools);

    private static string Arguments(ToolDefinition tool, GrammarBuilder grammar)
    {
        if (tool.Parameters is not { } schema)
            return "\"{}\"";
        try
        {
            return SchemaCompiler.Compile(schema, grammar, onlyObjects: true);
        }
        catch (UnsupportedSchemaException unsupported)
        {
            throw new UnsupportedSchemaException($"The parameters of the tool '{tool.Name}': {unsupported.Message}");
        }
    }

    private static string ReadExplanation()
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("tool-explanation.md")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
