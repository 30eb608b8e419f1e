namespace LLMoin.Prompts.Examples;

/// <summary>What the command line says.</summary>
/// <param name="Url">The gateway.</param>
/// <param name="Token">Bearer token or API key.</param>
/// <param name="Model">Who answers.</param>
/// <param name="Templates">Names; all where empty.</param>
/// <param name="Baseline">The file of the last run; compared with, then overwritten.</param>
/// <param name="Sources">The platform's <c>sources.mode</c>: <c>off</c>, <c>auto</c> or <c>required</c>.</param>
internal sealed record CheckExamplesOptions(Uri Url, string? Token, string Model, IReadOnlyList<string> Templates, string? Baseline, string? Sources)
{
    public const string Help =
        """
        dotnet run --project services/Prompts -- check-examples [options]

        Renders the examples of prompt templates, has a model answer them through the platform, and says which answers are as expected
        and what changed since the last run.

          --url URL         the gateway (default http://localhost:8080)
          --token TOKEN     access token or API key; else LLMOIN_TOKEN
          --model NAME      the model that answers (default extractive)
          --template NAME   only this template's examples; may be repeated
          --baseline FILE   JSON file of the last run: compared with if it exists, then written anew
          --sources MODE    what the platform looks up in documents for an answer, as its "sources.mode"; else the platform decides
          --help            this

        Exit code: 0 all examples pass, 1 some do not, 2 wrong options, 3 the platform could not be asked.
        """;

    /// <returns>Null, with what is wrong in <paramref name="error"/>.</returns>
    public static CheckExamplesOptions? Parse(IReadOnlyList<string> arguments, out string error)
    {
        var (url, token, model, baseline, sources) = ("http://localhost:8080", Environment.GetEnvironmentVariable("LLMOIN_TOKEN"), "extractive", (string?)null, (string?)null);
        var templates = new List<string>();
        error = "";
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count)
            {
                error = $"{arguments[i]} needs a value, or is no option.";
                return null;
            }

            var value = arguments[i + 1];
            switch (arguments[i])
            {
                case "--url": url = value; break;
                case "--token": token = value; break;
                case "--model": model = value; break;
                case "--template": templates.Add(value); break;
                case "--baseline": baseline = value; break;
                case "--sources": sources = value; break;
                default:
                    error = $"Unknown option {arguments[i]}.";
                    return null;
            }
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            error = "--url needs an http or https address.";
            return null;
        }

        return new(address, token, model, templates, baseline, sources);
    }
}
