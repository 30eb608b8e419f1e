using System.ComponentModel.DataAnnotations;
using System.Runtime.InteropServices;
using LLMoin.Inference.Models.Pulling;

namespace LLMoin.Inference.Models;

/// <summary>The program's other face: commands for the operator's shell instead of a worker.</summary>
internal sealed class ModelCommands(InferenceOptions options, string? token, TextWriter output, TextWriter error)
{
    private const int Ok = 0, Failed = 1, Misused = 2, Interrupted = 130;

    private const string Help = """
        LLMoin.Inference pull NAME...     downloads models; an interrupted download goes on where it stopped
        LLMoin.Inference models           the catalogue, and what of it is there
        LLMoin.Inference models NAME...   checks models: id, kind and path, with tabs between them
        LLMoin.Inference --help           this

        NAME is an id of the catalogue, owner/repo:file.gguf or (not for pull) the path of a .gguf file.

        Settings (environment): Inference__ModelsDirectory, where models lie (.llmoin/models; with LLMOIN_DATA, its folder models);
        Inference__HubUrl, a mirror of https://huggingface.co; HF_TOKEN, an access token for gated models; HTTPS_PROXY.

        Exit codes: 0 done, 1 failed, 2 wrong arguments, 130 interrupted.
        """;

    /// <summary>Runs one command with the process's console and environment.</summary>
    /// <param name="args">With the command's name.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var options = new InferenceOptions();
        new ConfigurationBuilder().AddEnvironmentVariables().Build().GetSection("Inference").Bind(options);
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await new ModelCommands(options, Environment.GetEnvironmentVariable("HF_TOKEN"), Console.Out, Console.Error).RunAsync(args, stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    /// <inheritdoc cref="RunAsync(string[])"/>
    public async Task<int> RunAsync(string[] args, CancellationToken cancellation)
    {
        try
        {
            Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
            return args switch
            {
                _ when args.Contains("--help") || args.Contains("-h") => Say(Help),
                ["pull", .. { Length: > 0 } names] => await PullAsync(names, cancellation),
                ["models"] => List(),
                ["models", .. var names] => Check(names),
                _ => Misuse(),
            };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            error.WriteLine("\nInterrupted. The same command goes on where this one stopped.");
            return Interrupted;
        }
        catch (Exception e) when (e is PullException or ModelFileException or ValidationException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(e.Message);
            return Failed;
        }
    }

    private async Task<int> PullAsync(string[] names, CancellationToken cancellation)
    {
        var catalogue = ModelCatalogue.Load(options.ModelsDirectory);
        var store = new ModelStore(options.ModelsDirectory, catalogue);
        using var hub = new HubClient(options.HubUrl, token);
        var terminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        var pull = new ModelPull(hub, store, output, new PullProgress(output, terminal, TimeProvider.System));
        foreach (var name in names)
        {
            var entry = catalogue.Find(name);
            if (entry is { File: not null })
                throw new PullException($"'{name}' is not pulled but put there by hand: {entry.File}");
            if (!HubFile.TryParse(entry?.Hf ?? name, out var file))
                throw new PullException($"'{name}' is no id of the catalogue (see: models) and does not look like owner/repo:file.gguf.");
            if (entry is not null)
                output.WriteLine($"{entry.Id}: licence {entry.Licence}{(entry.LicenceNote is { } note ? $" ({note})" : "")}");
            await pull.RunAsync(file, entry?.Sha256, cancellation);
        }
        return Ok;
    }

    private int List()
    {
        var catalogue = ModelCatalogue.Load(options.ModelsDirectory);
        var store = new ModelStore(options.ModelsDirectory, catalogue);
        output.WriteLine($"{"id",-31} {"kind",-10} {"there",-6} {"size",9}  {"memory",8}  {"for",-13} licence");
        foreach (var entry in catalogue.Entries)
            output.WriteLine(
                $"{entry.Id,-31} {Kebab(entry.Kind),-10} {(store.Has(entry) ? "yes" : "-"),-6} {(entry.SizeBytes is { } size ? PullProgress.Size(size) : "?"),9}  "
                + $"{PullProgress.Size(entry.MinMemoryGb * 1e9),8}  {Kebab(entry.RecommendedFor),-13} {entry.Licence}{(entry.LicenceNote is null ? "" : " *")}\n"
                + $"{"",-31} {entry.Description.En}");
        output.WriteLine($"\n* with a condition: {ModelCatalogue.FileName} says which. Models directory: {Path.GetFullPath(options.ModelsDirectory)}");
        return Ok;
    }

    private int Check(string[] names)
    {
        foreach (var spec in new ModelStore(options.ModelsDirectory, ModelCatalogue.Load(options.ModelsDirectory)).Resolve(names))
            output.WriteLine($"{spec.Id}\t{Kebab(spec.Kind)}\t{spec.Path}");
        return Ok;
    }

    private int Say(string text)
    {
        output.WriteLine(text);
        return Ok;
    }

    private int Misuse()
    {
        error.WriteLine(Help);
        return Misused;
    }

    private static string Kebab<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
