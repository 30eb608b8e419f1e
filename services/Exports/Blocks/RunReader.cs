using System.Text;
using Markdig.Syntax.Inlines;

namespace LLMoin.Exports.Blocks;

/// <summary>Markdig's tree of inlines as a row of runs; neighbours in the same style become one.</summary>
internal sealed class RunReader
{
    /// <summary>Emphasis within emphasis beyond this changes nothing that a reader sees.</summary>
    private const int MaxDepth = 64;

    private readonly List<Run> _runs = [];
    private readonly StringBuilder _text = new();
    private Run _style = new("");

    public static IReadOnlyList<Run> Read(ContainerInline? inlines)
    {
        var reader = new RunReader();
        if (inlines is not null)
            reader.Read(inlines, new Run(""), 0);
        reader.End();
        return reader._runs;
    }

    private void Read(ContainerInline container, Run style, int depth)
    {
        if (depth > MaxDepth)
            return;
        foreach (var inline in container)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    Add(style, literal.Content.ToString());
                    break;
                case CodeInline code:
                    Add(style with { Code = true }, code.Content);
                    break;
                case LineBreakInline line:
                    Add(style, line.IsHard ? "\n" : " ");
                    break;
                case HtmlEntityInline entity:
                    Add(style, entity.Transcoded.ToString());
                    break;
                case AutolinkInline auto:
                    Add(style with { Link = Target(auto.IsEmail ? "mailto:" + auto.Url : auto.Url) }, auto.Url);
                    break;
                case EmphasisInline emphasis:
                    Read(emphasis, emphasis.DelimiterCount == 2 ? style with { Bold = true } : style with { Italic = true }, depth + 1);
                    break;
                case LinkInline link:
                    Read(link, link.IsImage ? style : style with { Link = Target(link.Url) }, depth + 1);
                    break;
                case ContainerInline other:
                    Read(other, style, depth + 1);
                    break;
            }
        }
    }

    private static Uri? Target(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? MarkdownText.Harmless(uri) : null;

    private void Add(Run style, string text)
    {
        if (style != _style)
            End();
        _style = style;
        _text.Append(text);
    }

    private void End()
    {
        if (_text.Length > 0)
            _runs.Add(_style with { Text = _text.ToString() });
        _text.Clear();
    }
}
