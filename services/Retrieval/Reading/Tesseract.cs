using System.Diagnostics;

namespace LLMoin.Retrieval.Reading;

/// <summary>Text recognition by the program of that name (Apache-2.0), where the operator has installed it with the language's data.</summary>
internal sealed class Tesseract(ReadingOptions options)
{
    private static readonly TimeSpan PerPicture = TimeSpan.FromSeconds(60);

    private bool? _isInstalled;

    /// <summary>It starts and knows the language.</summary>
    public bool IsInstalled => _isInstalled ??= Run(["--list-langs"], null, CancellationToken.None)?.Split('\n', StringSplitOptions.TrimEntries)
        .Intersect(options.RecognitionLanguage.Split('+')).Count() == options.RecognitionLanguage.Split('+').Length;

    /// <param name="picture">PNG or JPEG.</param>
    /// <param name="cancellation">Ends the program.</param>
    /// <returns>Paragraphs of lines; none where there is no text or the program failed.</returns>
    public IEnumerable<IReadOnlyList<string>> Recognise(byte[] picture, CancellationToken cancellation)
    {
        // Automatic layout (3) keeps columns apart; scans rarely say their resolution, and 300 dpi is what offices scan at.
        var text = Run(["stdin", "stdout", "-l", options.RecognitionLanguage, "--psm", "3", "--dpi", "300"], picture, cancellation) ?? "";
        return text.Split("\n\n").Select(paragraph => (IReadOnlyList<string>)[.. paragraph.Split('\n').Select(line => CleanText.Of(line)).Where(line => line.Any(char.IsLetterOrDigit))])
            .Where(lines => lines.Count > 0);
    }

    private string? Run(string[] arguments, byte[]? input, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(options.Tesseract, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // One document takes one core.
        start.Environment["OMP_THREAD_LIMIT"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(PerPicture);
            using var ending = limit.Token.Register(() => process.Kill(entireProcessTree: true));
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            Send(process, input ?? []);
            process.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            return process.ExitCode == 0 ? output.GetAwaiter().GetResult() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static void Send(Process process, byte[] input)
    {
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already; its exit code says how.
        }
    }
}
