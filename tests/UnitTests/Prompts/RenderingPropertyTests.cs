using Fluid.Values;
using LLMoin.Prompts;
using LLMoin.Prompts.Rendering;
using LLMoin.Prompts.Templates;
using LLMoin.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace LLMoin.UnitTests.Prompts;

/// <summary>What holds for every template and every value; the seed of a failure is in its message.</summary>
public sealed class RenderingPropertyTests
{
    private const int Templates = 300;
    private static readonly PromptsOptions Limits = new() { MaxRenderedCharacters = 5_000, MaxSteps = 2_000, MaxMilliseconds = 200 };
    private static readonly Variable[] Variables = [new("a", VariableType.LongText, "a", false), new("b", VariableType.LongText, "b", false), new("l", VariableType.List, "l", false)];

    /// <summary>What somebody would write who wants a value to be template, or to reach outside.</summary>
    private static readonly string[] Attacks =
    [
        "{{ b }}", "{% for i in l %}{{ i }}{% endfor %}", "{{ 7 }}", "{% raw %}", "}}{{ b }}{{", "%}{% assign a = b %}", "{{ 'x' | upcase }}", "{%- endif -%}", "{% comment %}", "{{", "%}",
    ];

    private readonly TemplateRenderer _renderer = new(Options.Create(Limits));

    [Fact]
    public async Task No_template_of_the_grammar_escapes_its_limits()
    {
        for (var seed = 0; seed < Templates; seed++)
        {
            var random = new Random(seed);
            var body = new RandomTemplate(random).Next();
            if (body.Length > 20_000)
                continue;
            Assert.True(TemplateParser.Check(body, Variables) is null, $"seed {seed}: {TemplateParser.Check(body, Variables)?.Detail}\n{body}");
            var values = Values(new string('x', random.Next(2_000)), "b", Enumerable.Range(0, random.Next(100)).Select(n => $"Punkt {n}"));
            var started = ThreadClock.Instance.GetTimestamp();
            var rendering = _renderer.RenderAsync(body, values);
            var used = ThreadClock.Instance.GetElapsedTime(started);
            // Else it could have changed threads, and the time would be that of several.
            Assert.True(rendering.IsCompleted, $"seed {seed}: the rendering waited for something");
            try
            {
                var text = await rendering;
                Assert.True(text.Length <= Limits.MaxRenderedCharacters, $"seed {seed}: {text.Length} characters");
            }
            catch (RenderingLimitException)
            {
                // Stopped: as good.
            }

            // More than the limit, as the first ones are still compiled; without one some of these run for hours.
            Assert.True(used < TimeSpan.FromSeconds(5), $"seed {seed}: {used}");
        }
    }

    [Fact]
    public async Task A_value_is_never_template()
    {
        for (var seed = 0; seed < Templates; seed++)
        {
            var random = new Random(seed);
            var body = new RandomTemplate(random).Next();
            var attack = string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Attacks[random.Next(Attacks.Length)]));
            // Renders the template with a harmless word in the value's place: putting the value there afterwards must come to the same.
            var mark = "q" + seed.ToString(System.Globalization.CultureInfo.InvariantCulture) + "q";
            var harmless = await TryRenderAsync(body, Values(mark, "b", ["eins", mark]));
            var attacked = await TryRenderAsync(body, Values(attack, "b", ["eins", attack]));
            if (harmless is null || attacked is null)
                continue;
            var expected = harmless.Replace(mark, attack, StringComparison.Ordinal).Replace(mark.ToUpperInvariant(), attack.ToUpperInvariant(), StringComparison.Ordinal);
            // Filters may change the letters of both; a template would have changed more.
            Assert.True(string.Equals(expected, attacked, StringComparison.OrdinalIgnoreCase), $"seed {seed}: {body}\nvalue {attack}\nexpected {expected}\nactual   {attacked}");
        }
    }

    [Fact]
    public void Any_text_is_a_template_or_refused_with_a_reason()
    {
        string[] pieces = [.. Attacks, "{% include 'x' %}", "(1..9999999)", "{% liquid", "{% for", " in ", "a", "[", "]", "|", "append: a", "'", "\"", "{% capture x %}", "\u0000", "ß", "\n"];
        for (var seed = 0; seed < Templates; seed++)
        {
            var random = new Random(seed);
            var body = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => pieces[random.Next(pieces.Length)]));
            var problem = TemplateParser.Check(body, Variables);
            Assert.True(problem is null || (problem.Type.Status == 400 && problem.Detail!.Length > 8), $"seed {seed}: {body}");
        }
    }

    private async Task<string?> TryRenderAsync(string body, Dictionary<string, FluidValue> values)
    {
        try
        {
            return await _renderer.RenderAsync(body, values);
        }
        catch (RenderingLimitException)
        {
            return null;
        }
    }

    private static Dictionary<string, FluidValue> Values(string a, string b, IEnumerable<string> list) => new()
    {
        ["a"] = new StringValue(a),
        ["b"] = new StringValue(b),
        ["l"] = new ArrayValue([.. list.Select(item => new StringValue(item))]),
    };
}
