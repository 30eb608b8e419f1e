namespace LLMoin.Exports.Word;

/// <summary>Word's units.</summary>
internal static class WordUnits
{
    /// <summary>Twentieths of a point.</summary>
    public static int Twips(double millimetres) => (int)Math.Round(millimetres * 1440 / 25.4);

    /// <summary>English metric units.</summary>
    public static long Emu(double millimetres) => (long)Math.Round(millimetres * 36000);
}
