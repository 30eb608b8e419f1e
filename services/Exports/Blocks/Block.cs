namespace LLMoin.Exports.Blocks;

/// <summary>A part of a text from top to bottom.</summary>
public abstract record Block;

/// <param name="Level">1 to 6.</param>
/// <param name="Runs">Its text.</param>
public sealed record Heading(int Level, IReadOnlyList<Run> Runs) : Block;

public sealed record Paragraph(IReadOnlyList<Run> Runs) : Block
{
    public Paragraph(string text) : this([new Run(text)])
    {
    }
}

/// <param name="Start">The first number; null for bullets.</param>
/// <param name="Items">Each with blocks of its own.</param>
public sealed record ItemList(int? Start, IReadOnlyList<IReadOnlyList<Block>> Items) : Block;

/// <param name="Rows">The first is the header; every row has as many cells.</param>
public sealed record Table(IReadOnlyList<IReadOnlyList<IReadOnlyList<Run>>> Rows) : Block
{
    /// <summary>By column; columns beyond the list are left-aligned, as all are without one.</summary>
    public IReadOnlyList<ColumnAlignment> Alignments { get; init; } = [];

    internal ColumnAlignment Alignment(int column) => column < Alignments.Count ? Alignments[column] : ColumnAlignment.Left;
}

public enum ColumnAlignment
{
    Left,
    Centre,

    /// <summary>For figures.</summary>
    Right,
}

public sealed record Quote(IReadOnlyList<Block> Blocks) : Block;

public sealed record CodeBlock(string Text) : Block;

/// <summary>A line across.</summary>
public sealed record Rule : Block;

/// <summary>Text in one style. A line feed in it begins a new line.</summary>
/// <param name="Text">Plain text.</param>
/// <param name="Bold">Strong emphasis.</param>
/// <param name="Italic">Emphasis.</param>
/// <param name="Code">Set in a fixed width.</param>
/// <param name="Link">http, https or mailto; null for none.</param>
public sealed record Run(string Text, bool Bold = false, bool Italic = false, bool Code = false, Uri? Link = null);
