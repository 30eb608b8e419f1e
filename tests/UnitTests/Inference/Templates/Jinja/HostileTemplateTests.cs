using LLMoin.Inference.Engines;
using LLMoin.Inference.Templates.Jinja;
using LLMoin.ServiceDefaults;

namespace LLMoin.UnitTests.Inference.Templates.Jinja;

/// <summary>A template comes with a model file from elsewhere: whatever it does, the worker goes on.</summary>
public sealed class HostileTemplateTests
{
    public static TheoryData<string, string> Templates => new()
    {
        { "endless loops", "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}{% endfor %}{% endfor %}{% endfor %}" },
        { "endless recursion", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}" },
        { "doubling text", "{% set n = namespace(s='x') %}{% for i in range(99) %}{% set n.s = n.s ~ n.s %}{% endfor %}{{ n.s }}" },
        { "doubling lists", "{% set n = namespace(l=[1]) %}{% for i in range(99) %}{% set n.l = n.l + n.l %}{% endfor %}" },
        { "nesting lists", "{% set n = namespace(l=[1]) %}{% for i in range(99) %}{% set n.l = [n.l, n.l] %}{% endfor %}{{ n.l | tojson }}" },
        { "comparing nested lists", "{% set n = namespace(l=[1], m=[1]) %}{% for i in range(99) %}{% set n.l = [n.l, n.l] %}{% set n.m = [n.m, n.m] %}{% endfor %}{{ n.l == n.m }}" },
        { "much output", "{% for i in range(99999) %}{% for j in range(99999) %}" + new string('x', 1000) + "{% endfor %}{% endfor %}" },
        { "repetition", "{{ 'x' * 2000000000 }}" },
        { "a huge repetition", "{{ 'xx' * 9223372036854775807 }}" },
        { "replacement", "{% set s = 'x' * 60000 %}{{ s.replace('x', s) }}" },
        { "splitting", "{% set s = 'x ' * 9000000 %}{% for p in s.split() %}{% for q in s.split() %}{% endfor %}{% endfor %}" },
        { "joining", "{{ range(99999) | join('x' * 999999) }}" },
        { "indenting", "{{ ('\n' * 9999999) | indent(1000, true, true) }}" },
        { "indented nesting", "{% set n = namespace(l=[1]) %}{% for i in range(40) %}{% set n.l = [n.l, n.l] %}{% endfor %}{{ n.l | tojson(indent=16) }}" },
        { "a huge range", "{{ range(1000000000000) | length }}" },
        { "searching", "{% set s = 'x' * 30000000 %}{% for i in range(99999) %}{% for j in range(99999) %}{{ 'y' in s }}{% endfor %}{% endfor %}" },
        { "searching by lists", "{% set l = range(99999) | list %}{% for i in l %}{% if -1 in l %}{% endif %}{% endfor %}" },
        { "sorting what has no order", "{{ ['x', 1, none] | sort }}" },
        { "powers", "{{ 9 ** 9 ** 9 ** 9 }}" },
        { "division by zero", "{{ 1 // 0 }}" },
        { "the smallest integer", "{{ -9223372036854775807 - 1 - 1 }}" },
        { "deep parentheses", "{{ " + new string('(', 200_000) + " }}" },
        { "deep lists", "{{ " + new string('[', 200_000) + " }}" },
        { "deep negations", "{{ " + string.Concat(Enumerable.Repeat("not ", 100_000)) + "1 }}" },
        { "deep signs", "{{ " + new string('-', 200_000) + "1 }}" },
        { "a long sum", "{{ 1" + string.Concat(Enumerable.Repeat("+1", 200_000)) + " }}" },
        { "a long path", "{{ messages" + string.Concat(Enumerable.Repeat(".a", 200_000)) + " }}" },
        { "many filters", "{{ ''" + string.Concat(Enumerable.Repeat("|trim", 90_000)) + " }}" },
        { "deep blocks", string.Concat(Enumerable.Repeat("{% if 1 %}", 50_000)) },
        { "a huge file", new string('x', 10_000_000) },
    };

    [Theory, MemberData(nameof(Templates))]
    public void It_ends_in_an_error_soon(string what, string template)
    {
        // Time on the clock says little on a busy machine.
        var before = ThreadClock.Instance.GetTimestamp();

        var error = Assert.Throws<EngineException>(() => TemplateBed.Inline(template));

        Assert.Contains("'test' cannot be used", error.Message, StringComparison.Ordinal);
        var used = ThreadClock.Instance.GetElapsedTime(before);
        Assert.True(used < TimeSpan.FromSeconds(2), $"{what} took {used.TotalSeconds:0.0} s.");
    }

    [Fact]
    public void On_a_small_stack_too()
    {
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(() => TemplateBed.Inline("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")), 256 * 1024);
        thread.Start();
        thread.Join();

        Assert.Contains("it nests too deep", Assert.IsType<EngineException>(error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_that_pauses_stops_no_harmless_template()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the time on the clock is all there is.");
        var template = Template.Parse("{{ strftime_now('%Y') }}{% for n in range(500) %}{{ n }}{% endfor %}");

        var text = template.Render(new Map(), new PausingClock(), Limits.Default with { Time = TimeSpan.FromMilliseconds(500) });

        Assert.EndsWith("498499", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_conversation_is_far_from_the_limits()
    {
        var messages = Enumerable.Range(0, 2000).Select(n => new LLMoin.Contracts.Inference.PromptMessage(n % 2 == 0 ? "user" : "assistant", new string('a', 500)));

        var text = TemplateBed.Published("qwen3").Render(new() { Messages = [.. messages] });

        Assert.True(text.Length > 1_000_000);
    }

    [Fact]
    public void Refusing_being_broken_and_taking_too_much_are_told_apart()
    {
        Assert.Equal(JinjaFailure.Refused, Failure("{{ raise_exception('no') }}"));
        Assert.Equal(JinjaFailure.Broken, Failure("{{ 1 + 'a' }}"));
        Assert.Equal(JinjaFailure.Excessive, Failure("{{ 'x' * 999999999 }}"));

        static JinjaFailure Failure(string template)
            => Assert.Throws<JinjaException>(() => Template.Parse(template).Render(new Map(), TimeProvider.System)).Failure;
    }

    private sealed class PausingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            Thread.Sleep(1000);
            return base.GetUtcNow();
        }
    }
}
