namespace LLMoin.Inference.Templates;

/// <summary>What a template takes, found out by <see cref="TemplateProbe"/>.</summary>
internal sealed record TemplateTraits
{
    /// <summary>Its first message may be a system message.</summary>
    public bool System { get; init; } = true;

    /// <summary>Later ones may be, too.</summary>
    public bool SystemAnywhere { get; init; } = true;

    /// <summary>User and assistant must take turns.</summary>
    public bool Alternates { get; init; }

    /// <summary>It shows the model the tools that it may call.</summary>
    public bool Tools { get; init; }

    /// <summary>It shows calls and their results.</summary>
    public bool ToolTurns { get; init; }

    /// <summary>A message holds one call at most.</summary>
    public bool SingleCalls { get; init; }

    /// <summary>The prompt ends inside a <c>&lt;think&gt;</c> that the template has opened.</summary>
    public bool OpensReasoning { get; init; }

    /// <summary>It writes the begin of sequence, so the tokeniser must not add one.</summary>
    public bool WritesBos { get; init; }

    public MessageForm Form { get; init; } = new();
}

/// <summary>The shape that a template wants messages in, where it differs from the common one.</summary>
internal sealed record MessageForm
{
    /// <summary>Content as a list of typed parts instead of a text.</summary>
    public bool ContentParts { get; init; }

    /// <summary>An empty list, instead of none, where there are no tools.</summary>
    public bool EmptyTools { get; init; }

    /// <summary>Arguments of a call as JSON text instead of a mapping.</summary>
    public bool ArgumentsAsText { get; init; }

    /// <summary>None, instead of an empty text, as the content of a message that only calls tools.</summary>
    public bool NoneBesideCalls { get; init; }

    /// <summary>Call ids of nine letters and digits (Mistral).</summary>
    public bool ShortIds { get; init; }
}
