using System.Reflection;
using System.Runtime.InteropServices;

namespace LLMoin.Inference.Llama.Native;

/// <summary>
/// Loads llama.cpp from one folder by full path: file names carry versions, and a library of the same name elsewhere on the machine must
/// not be taken.
/// </summary>
internal static class NativeLibraries
{
    private static readonly Lock Loading = new();
    private static string? _folder;
    private static nint _llama;
    private static nint _ggml;
    private static nint _ggmlBase;

    /// <summary>Loads the libraries of this folder; a process has one.</summary>
    /// <exception cref="LlamaException">The folder lacks one, or the system's loader refuses it.</exception>
    public static void Load(string folder)
    {
        lock (Loading)
        {
            if (_folder == folder)
                return;
            if (_folder is not null)
                throw new LlamaException($"llama.cpp is loaded from {_folder} already; a process can have only one.");
            // In the order in which they need each other.
            _ggmlBase = LoadOne(folder, "libggml-base*.so");
            _ggml = LoadOne(folder, "libggml.*so");
            _llama = LoadOne(folder, "libllama.*so");
            NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
            _folder = folder;
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name switch
    {
        LlamaNative.Llama => _llama,
        LlamaNative.Ggml => _ggml,
        LlamaNative.GgmlBase => _ggmlBase,
        _ => 0,
    };

    private static nint LoadOne(string folder, string pattern)
    {
        var file = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal).FirstOrDefault() : null;
        if (file is null)
            throw new LlamaException(
                $"llama.cpp is not there: {folder} has no {pattern}. The build puts there what LlamaBackends names: LlamaBackends='cpu;cuda' ./run, for instance.");
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (DllNotFoundException refusal)
        {
            throw new LlamaException($"{file} cannot be loaded: {refusal.Message}");
        }
    }
}
