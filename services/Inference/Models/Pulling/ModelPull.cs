namespace LLMoin.Inference.Models.Pulling;

/// <summary>
/// Downloads models into the models directory. An interrupted download goes on where it stopped, now or at the next run; a file gets its name
/// only when its checksum and its GGUF header are right.
/// </summary>
/// <param name="hub">Where models come from.</param>
/// <param name="store">Where they go.</param>
/// <param name="output">For the operator.</param>
/// <param name="progress">For the operator.</param>
internal sealed class ModelPull(HubClient hub, ModelStore store, TextWriter output, PullProgress progress)
{
    private const int MostAttempts = 6;
    private const long Spare = 100_000_000;

    /// <summary>Between two attempts; doubles each time.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Every file of the model that is not there yet.</summary>
    /// <param name="model">One file, or the name of one part of several.</param>
    /// <param name="sha256">The checksum that it must have; null to take the server's.</param>
    /// <param name="cancellation">Leaves what is there for the next run.</param>
    /// <exception cref="PullException">It cannot be had; nothing broken is left behind.</exception>
    /// <exception cref="ModelFileException">What came is no model.</exception>
    public async Task RunAsync(HubFile model, string? sha256, CancellationToken cancellation)
    {
        var wanted = new List<(HubFile File, RemoteFile Remote)>();
        foreach (var part in model.Parts)
        {
            if (File.Exists(store.PathOf(part)))
                output.WriteLine($"{store.PathOf(part)} is already there.");
            else
                wanted.Add((part, await hub.ProbeAsync(part, cancellation)));
        }
        foreach (var (file, remote) in wanted)
            if (sha256 is not null && remote.Sha256 is not null && remote.Sha256 != sha256)
                throw Mismatch(file, "the server has", remote.Sha256, sha256);
        RequireSpace(wanted);
        foreach (var (file, remote) in wanted)
            await DownloadAsync(file, remote, sha256, cancellation);
    }

    private void RequireSpace(List<(HubFile File, RemoteFile Remote)> wanted)
    {
        if (wanted.Count == 0)
            return;
        var needed = wanted.Sum(file => file.Remote.Size - PartialFile.Continuable(store.PathOf(file.File), file.Remote));
        var directory = Path.GetDirectoryName(store.PathOf(wanted[0].File))!;
        Directory.CreateDirectory(directory);
        var free = new DriveInfo(directory).AvailableFreeSpace;
        if (free < needed + Spare)
            throw new PullException($"{PullProgress.Size(needed)} are to be downloaded, but only {PullProgress.Size(free)} are free in {directory}.");
    }

    private async Task DownloadAsync(HubFile file, RemoteFile remote, string? sha256, CancellationToken cancellation)
    {
        var target = store.PathOf(file);
        using var part = await PartialFile.OpenAsync(target, remote, cancellation);
        output.WriteLine($"{file}, {PullProgress.Size(remote.Size)}{(part.Length > 0 ? $", going on at {PullProgress.Size(part.Length)}" : "")}");
        progress.Begin(part.Length, remote.Size);
        var failures = 0;
        while (part.Length < remote.Size)
        {
            var before = part.Length;
            try
            {
                await FetchAsync(file, remote, part, cancellation);
            }
            catch (TransientPullException e) when ((failures = part.Length > before ? 1 : failures + 1) < MostAttempts)
            {
                output.WriteLine($"{e.Message} Trying again ...");
                await Task.Delay(Pause * Math.Pow(2, failures - 1), cancellation);
            }
        }
        progress.End(part.Length);
        Verify(file, part, sha256, remote.Sha256);
        part.Finish();
        Checksum.Write(target, part.Sha256());
        output.WriteLine($"Ready: {target}");
    }

    /// <summary>Appends until the end or until the connection breaks.</summary>
    private async Task FetchAsync(HubFile file, RemoteFile remote, PartialFile part, CancellationToken cancellation)
    {
        using var content = await hub.GetAsync(file, remote, part.Length, cancellation);
        if (content.Start != part.Length)
            part.Restart();
        var buffer = new byte[1 << 17];
        while (part.Length < remote.Size)
        {
            var read = await ReadAsync(content.Stream, buffer, cancellation);
            if (read == 0)
                throw new TransientPullException("The connection ended too early.");
            await part.AppendAsync(buffer.AsMemory(0, (int)Math.Min(read, remote.Size - part.Length)), cancellation);
            progress.Report(part.Length);
        }
    }

    private static async Task<int> ReadAsync(Stream stream, byte[] buffer, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(HubClient.LongestSilence);
        try
        {
            return await stream.ReadAsync(buffer, silence.Token);
        }
        catch (Exception e) when ((e is IOException or HttpRequestException or OperationCanceledException) && !cancellation.IsCancellationRequested)
        {
            throw new TransientPullException($"The connection broke: {e.Message}");
        }
    }

    private void Verify(HubFile file, PartialFile part, string? expected, string? claimed)
    {
        var actual = part.Sha256();
        if ((expected ?? claimed) is { } right && right != actual)
        {
            part.Delete();
            throw Mismatch(file, "what came has", actual, right);
        }
        output.WriteLine(
            expected is not null ? $"SHA-256 {actual}, as in the catalogue."
            : claimed is not null ? $"SHA-256 {actual}, as the server claims; the catalogue has none to compare with."
            : $"SHA-256 {actual}. It could not be verified: neither the catalogue nor the server has a checksum of this file.");
    }

    private static PullException Mismatch(HubFile file, string whose, string actual, string expected) => new(
        $"The checksum of {file} is wrong and nothing of it was kept: {whose} {actual}, expected was {expected}. Somebody has changed the file, or the connection is not to be trusted.");
}
