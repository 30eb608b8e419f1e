using System.Text.RegularExpressions;
using Fluid;
using Fluid.Ast;
using LLMoin.Prompts.Templates;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Prompts.Rendering;

/// <summary>
/// The part of Liquid that prompts need (https://shopify.github.io/liquid/): output, if, unless, case, for over a list, assign,
/// comment, raw and a few filters. Whatever could make much out of little (capture, ranges, append, includes) is not known here,
/// so a template's cost is bounded by its size and its values.
/// </summary>
internal static partial class TemplateParser
{
    /// <summary>The parser recurses: short tags and shallow nesting keep it far from the end of its stack.</summary>
    private const int LongestTag = 300;
    private const int DeepestNesting = 10;

    private static readonly HashSet<string> Tags = ["if", "unless", "case", "for", "break", "continue", "assign", "comment", "raw"];
    private static readonly FluidParser Liquid = Restricted();

    /// <returns>Null when the body can be rendered with values for these variables, else what is wrong with it.</returns>
    public static ProblemResult? Check(string body, IReadOnlyList<Variable> variables)
    {
        if (!TryParse(body, out var template, out var unreadable))
            return Wrong(unreadable);
        var visitor = new UseOfNames(variables.Select(variable => variable.Name));
        visitor.VisitTemplate(template);
        return visitor.Fault is { } fault ? Wrong(fault) : null;
    }

    public static bool TryParse(string body, out IFluidTemplate template, out BodyFault fault)
    {
        template = null!;
        fault = default;
        var depth = 0;
        foreach (var tag in Tag().EnumerateMatches(body))
        {
            if (tag.Length > LongestTag)
            {
                fault = new($"a tag has at most {LongestTag} characters", $"ein Befehl hat höchstens {LongestTag} Zeichen");
                return false;
            }

            var inside = body.AsSpan(tag.Index, tag.Length).Trim("{%- \t\r\n");
            if (inside.StartsWith("end")) depth--;
            else if (inside.StartsWith("if") || inside.StartsWith("unless") || inside.StartsWith("case") || inside.StartsWith("for")) depth++;
            if (depth > DeepestNesting)
            {
                fault = new($"blocks are nested at most {DeepestNesting} deep", $"Blöcke sind höchstens {DeepestNesting}-fach verschachtelt");
                return false;
            }
        }

        if (Liquid.TryParse(body, out template, out var error))
            return true;
        fault = new(error, $"kein gültiges Liquid: {error}");
        return false;
    }

    private static ProblemResult Wrong(BodyFault fault) => new(ProblemType.InvalidRequest, $"body: {fault.Text}", "body", $"body: {fault.TextDe}");

    private static FluidParser Restricted()
    {
        var parser = new FluidParser(new FluidParserOptions { AllowFunctions = false, AllowParentheses = false, AllowLiquidTag = false });
        foreach (var tag in parser.RegisteredTags.Keys.Where(tag => !Tags.Contains(tag)).ToList())
            parser.RegisteredTags.Remove(tag);
        return parser;
    }

    [GeneratedRegex(@"\{\{.*?(?:\}\}|\z)|\{%.*?(?:%\}|\z)", RegexOptions.Singleline, 1_000)]
    private static partial Regex Tag();

    /// <summary>Finds names nobody declares, filters nobody offers and ranges.</summary>
    private sealed class UseOfNames(IEnumerable<string> variables) : AstVisitor
    {
        private readonly HashSet<string> _known = [.. variables, "forloop"];

        public BodyFault? Fault { get; private set; }

        protected override Statement VisitAssignStatement(AssignStatement assignStatement)
        {
            var visited = base.VisitAssignStatement(assignStatement);
            _known.Add(assignStatement.Identifier);
            return visited;
        }

        protected override Statement VisitForStatement(ForStatement forStatement)
        {
            _known.Add(forStatement.Identifier);
            return base.VisitForStatement(forStatement);
        }

        protected override Expression VisitMemberExpression(MemberExpression memberExpression)
        {
            if (memberExpression.Segments[0] is IdentifierSegment first && !_known.Contains(first.Identifier))
                Fault ??= new($"the variable '{first.Identifier}' is not declared", $"die Variable „{first.Identifier}“ ist nicht angelegt");
            return base.VisitMemberExpression(memberExpression);
        }

        protected override Expression VisitFilterExpression(FilterExpression filterExpression)
        {
            if (!Filters.Names.Contains(filterExpression.Name))
                Fault ??= new(
                    $"the filter '{filterExpression.Name}' does not exist; there are {string.Join(", ", Filters.Names)}",
                    $"den Filter „{filterExpression.Name}“ gibt es nicht; es gibt {string.Join(", ", Filters.Names)}");
            return base.VisitFilterExpression(filterExpression);
        }

        protected override Expression VisitRangeExpression(RangeExpression rangeExpression)
        {
            Fault ??= new("ranges are not allowed; loop over a list", "Bereiche sind nicht erlaubt; bitte über eine Liste laufen");
            return rangeExpression;
        }
    }
}

/// <summary>Why a body cannot be rendered, in English and in German; where Liquid's own parser refuses it, with its English words.</summary>
internal readonly record struct BodyFault(string Text, string TextDe);
