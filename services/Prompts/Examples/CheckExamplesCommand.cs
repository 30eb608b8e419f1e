using System.Text.Json;
using LLMoin.Prompts.Templates;

namespace LLMoin.Prompts.Examples;

/// <summary>Runs templates' examples against a model through the platform. Answers appear nowhere but in what is expected of them.</summary>
internal static class CheckExamplesCommand
{
    /// <returns>The exit code, see <see cref="CheckExamplesOptions.Help"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter progress)
    {
        if (arguments.Contains("--help"))
        {
            await output.WriteLineAsync(CheckExamplesOptions.Help);
            return 0;
        }

        if (CheckExamplesOptions.Parse(arguments, out var error) is not { } options)
        {
            await progress.WriteLineAsync(error + " --help shows all options.");
            return 2;
        }

        try
        {
            return await RunAsync(options, output, progress);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or JsonException or IOException or UnauthorizedAccessException)
        {
            await progress.WriteLineAsync(exception.Message);
            return 3;
        }
    }

    private static async Task<int> RunAsync(CheckExamplesOptions options, TextWriter output, TextWriter progress)
    {
        var before = await RunRecord.ReadAsync(options.Baseline);
        using var platform = new PlatformClient(options);
        var templates = await TemplatesAsync(platform, options);
        var total = templates.Sum(template => template.Examples.Count);
        if (total == 0)
        {
            await progress.WriteLineAsync("No examples found.");
            return 2;
        }

        var results = new List<ExampleResult>();
        foreach (var template in templates)
        {
            foreach (var example in template.Examples)
            {
                await progress.WriteLineAsync($"[{results.Count + 1}/{total}] {template.Name}: {example.Name}");
                results.Add(await CheckAsync(platform, template, example));
            }
        }

        var now = new RunRecord(options.Model, DateTimeOffset.UtcNow, results);
        await output.WriteAsync(RunReport.Of(now, before));
        await now.WriteAsync(options.Baseline);
        return results.All(result => result.Passed) ? 0 : 1;
    }

    private static async Task<IReadOnlyList<Template>> TemplatesAsync(PlatformClient platform, CheckExamplesOptions options)
    {
        var templates = new List<Template>();
        var missing = options.Templates.ToHashSet(StringComparer.Ordinal);
        foreach (var entry in await platform.EntriesAsync())
        {
            if (options.Templates.Count > 0 && !options.Templates.Contains(entry.Name))
                continue;
            missing.Remove(entry.Name);
            templates.Add(await platform.TemplateAsync(entry.Id));
        }

        return missing.Count == 0 ? templates : throw new HttpRequestException($"There is no template named {string.Join(", ", missing)}.");
    }

    private static async Task<ExampleResult> CheckAsync(PlatformClient platform, Template template, Example example)
    {
        var rendering = await platform.RenderAsync(template, example);
        var answer = await platform.AnswerAsync(rendering, template.ModelHints);
        return new(template.Name, template.Version, example.Name, ExampleCheck.Faults(answer, example.Expect));
    }
}
