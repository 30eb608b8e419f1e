namespace LLMoin.Retrieval.Reading;

/// <summary>How far a reading is.</summary>
/// <param name="Part">The attachment or archive entry that is being read; null for the document itself.</param>
/// <param name="Page">Its page, slide or sheet, from 1; null where it has none.</param>
/// <param name="Pages">How many it has.</param>
internal sealed record ReadingProgress(string? Part, int? Page, int? Pages);
