using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Chat.Assistants;

/// <summary>An assistant as its maker sends it; see <see cref="Assistant"/>.</summary>
/// <param name="Audience"><c>private</c> (default), <c>tenant</c> or <c>department:&lt;id&gt;</c>.</param>
internal sealed record AssistantInput(
    string Name, string? Description, string? Instruction, string? Function, IReadOnlyList<Guid>? CollectionIds, string? Model, float? Temperature, int? MaxTokens,
    string? Audience)
{
    private const int LongestName = 120;
    private const int LongestDescription = 1_000;
    private const int LongestInstruction = 20_000;
    private const int LongestModel = 200;
    private const int LongestDepartment = 300;
    private const int MostCollections = 100;
    private const int MostTokens = 1_000_000;

    /// <returns>Null, or the first field that is not as it should be.</returns>
    public ProblemResult? Check() => this switch
    {
        _ when Name.Trim().Length is 0 or > LongestName || Name.Any(char.IsControl) => Wrong("name", $"It has 1 to {LongestName} characters on one line.",
            $"1 bis {LongestName} Zeichen in einer Zeile."),
        { Description.Length: > LongestDescription } => Wrong("description", $"It has at most {LongestDescription} characters.", $"Höchstens {LongestDescription} Zeichen."),
        { Instruction.Length: > LongestInstruction } => Wrong("instruction", $"It has at most {LongestInstruction} characters.", $"Höchstens {LongestInstruction} Zeichen."),
        { Function: not (null or "chat" or "summarise" or "research" or "draft" or "translate") } => Wrong("function", "It is chat, summarise, research, draft or translate.",
            "Es ist chat, summarise, research, draft oder translate."),
        { CollectionIds.Count: > MostCollections } => Wrong("collectionIds", $"At most {MostCollections} collections can be named.",
            $"Höchstens {MostCollections} Sammlungen."),
        { Model: Assistant.ItsModel or { Length: 0 or > LongestModel } } => Wrong("model", $"It is the id of a model, of 1 to {LongestModel} characters.",
            $"Es ist die Kennung eines Modells mit 1 bis {LongestModel} Zeichen."),
        { Temperature: < 0 or > 2 or float.NaN } => Wrong("temperature", "It lies between 0 and 2.", "Sie liegt zwischen 0 und 2."),
        { MaxTokens: < 1 or > MostTokens } => Wrong("maxTokens", $"It lies between 1 and {MostTokens}.", $"Zwischen 1 und {MostTokens}."),
        _ when !IsAudience(Audience ?? "private") => Wrong("audience", "It is private, tenant or department:<id>.", "Es ist private, tenant oder department:<Kennung>."),
        _ => HasNul(Description) ? Wrong("description", "It is text.", "Es ist Text.") : HasNul(Instruction) ? Wrong("instruction", "It is text.", "Es ist Text.") : null,
    };

    /// <summary>The row's values.</summary>
    /// <param name="id">The assistant's.</param>
    /// <param name="tenant">Where.</param>
    /// <param name="owner">Whose.</param>
    public object Row(Guid id, string tenant, string owner) => new
    {
        id,
        tenant,
        owner,
        audience = Audience is null or "private" ? Principals.User(owner) : Audience,
        name = Name.Trim(),
        description = Description?.Trim() ?? "",
        instruction = Instruction?.Trim() ?? "",
        function = Function ?? "chat",
        collectionIds = (CollectionIds ?? []).Distinct().ToArray(),
        Model,
        Temperature,
        MaxTokens,
    };

    private static bool IsAudience(string audience)
        => audience is "private" or Principals.Tenant
           || (audience.StartsWith(Principals.DepartmentPrefix, StringComparison.Ordinal)
               && audience.Length > Principals.DepartmentPrefix.Length && audience.Length <= LongestDepartment && !audience.Any(char.IsControl));

    private static bool HasNul(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;

    private static ProblemResult Wrong(string field, string why, string whyDe) => new(ProblemType.InvalidRequest, why, field, whyDe);
}
