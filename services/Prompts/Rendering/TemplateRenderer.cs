using System.Globalization;
using Fluid;
using Fluid.Values;
using LLMoin.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace LLMoin.Prompts.Rendering;

/// <summary>Renders a checked template within limits on steps, size and time. Values are text, never template.</summary>
internal sealed class TemplateRenderer
{
    private readonly PromptsOptions _limits;
    private readonly TemplateOptions _options;

    public TemplateRenderer(IOptions<PromptsOptions> options)
    {
        _limits = options.Value;
        _options = new TemplateOptions { MaxSteps = _limits.MaxSteps, MaxRecursion = 20, CultureInfo = CultureInfo.GetCultureInfo("de-DE") };
        Filters.Register(_options.Filters);
    }

    /// <exception cref="RenderingLimitException">A limit was passed; nothing of the text is returned.</exception>
    /// <exception cref="ArgumentException">The body is no template.</exception>
    public async Task<string> RenderAsync(string body, IReadOnlyDictionary<string, FluidValue> values)
    {
        if (!TemplateParser.TryParse(body, out var template, out var fault))
            throw new ArgumentException(fault.Text, nameof(body));
        var context = new TemplateContext(_options);
        foreach (var (name, value) in values)
            context.SetValue(name, value);

        // Nothing in a rendering is awaited in truth, so that it stays on its thread.
        await using var writer = new BoundedWriter(_limits.MaxRenderedCharacters, TimeSpan.FromMilliseconds(_limits.MaxMilliseconds), ThreadClock.Instance);
        // A loop that writes nothing is seen here.
        context.Assigned = (_, value, _) =>
        {
            writer.CheckTime();
            return new ValueTask<FluidValue>(value);
        };
        try
        {
            await template.RenderAsync(writer, context, NullEncoder.Default, isolateContext: false);
        }
        catch (InvalidOperationException)
        {
            // What Fluid throws past MaxSteps; it has no type of its own.
            throw new RenderingLimitException("steps");
        }

        return writer.ToString();
    }
}
