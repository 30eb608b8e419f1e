using LLMoin.Contracts.Inference;

namespace LLMoin.Inference.Models;

/// <summary>A model that this worker is to load: where it lies and what it is.</summary>
/// <param name="Id">As requests name it.</param>
/// <param name="Kind">What it can do.</param>
/// <param name="Path">The file, or the first of several; absolute.</param>
/// <param name="Header">The file's header, already checked.</param>
/// <param name="ContextTokens">Tokens to serve where the catalogue says so; else the operator's or the file's own number counts.</param>
/// <param name="TemplateFamily">The chat template's family where the catalogue names one; else the file's own template counts.</param>
/// <param name="PriceClass">What billing's tariffs call it; null where nobody has said.</param>
/// <param name="OwnedBy">Who made it, as far as the file says.</param>
/// <param name="Sha256">Of the file, where it is known.</param>
internal sealed record ModelSpec(
    string Id, ModelKind Kind, string Path, GgufFile Header, int? ContextTokens, string? TemplateFamily, string? PriceClass, string OwnedBy, string? Sha256);
