namespace LLMoin.Hosting;

/// <summary>
/// A resource's output, each line with its instance; the run before is kept beside it as <c>.1</c>. With
/// <c>echo</c> the lines also go to the console.
/// </summary>
internal sealed class LogFile : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly bool _echo;
    private bool _closed;

    public LogFile(string directory, string name, bool echo)
    {
        Directory.CreateDirectory(directory);
        Path = System.IO.Path.Combine(directory, name + ".log");
        if (File.Exists(Path)) File.Move(Path, Path + ".1", overwrite: true);
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        _writer = new StreamWriter(Path, options) { AutoFlush = true };
        _echo = echo;
    }

    public string Path { get; }

    public void Write(string instance, string line)
    {
        lock (_writer)
        {
            if (_closed) return;
            _writer.WriteLine($"{instance} | {line}");
        }
        if (_echo) Console.WriteLine($"{instance,-10} | {line}");
    }

    public string LastLines(int count)
    {
        lock (_writer) return string.Join(Environment.NewLine, File.ReadLines(Path).TakeLast(count).Select(l => "    " + l));
    }

    public void Dispose()
    {
        lock (_writer)
        {
            _closed = true;
            _writer.Dispose();
        }
    }
}
