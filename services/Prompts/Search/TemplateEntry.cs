using LLMoin.Prompts.Templates;

namespace LLMoin.Prompts.Search;

/// <summary>A template in a list, without its text.</summary>
/// <param name="Uses">Renderings so far, by whomever.</param>
/// <param name="Ratings">How many rated it.</param>
/// <param name="Stars">Their mean, 1 to 5; null without ratings.</param>
/// <param name="Favourite">Whether it is on the caller's own shelf.</param>
internal sealed record TemplateEntry(
    Guid Id, string Scope, string Name, int Version, int? PublishedVersion, string Title, string TitleEn, string Description, string DescriptionEn,
    string Language, string Category, IReadOnlyList<string> Tags, string Function, DateTime SavedAt, long Uses, int Ratings, double? Stars, bool Favourite);

/// <summary>A row of a list, with its place in the order.</summary>
internal sealed record EntryRow(
    Guid Id, string Scope, string Name, int Version, int? PublishedVersion, string Title, string TitleEn, string Description, string DescriptionEn,
    string Language, string Category, string Tags, string Function, DateTime SavedAt, long Uses, int Ratings, int Stars, bool Favourite,
    string PlaceText, long PlaceNumber)
{
    public const string Columns =
        """
        t.id, t.scope, t.name, v.version, t.published_version, v.title, v.title_en, v.description, v.description_en,
        v.language, v.category, array_to_string(v.tags, chr(10)) as tags, v.function, v.saved_at,
        coalesce(c.uses, 0) as uses, coalesce(c.ratings, 0) as ratings, coalesce(c.stars, 0) as stars, f.template_id is not null as favourite
        """;

    public TemplateEntry ToEntry() => new(
        Id, Scope, Name, Version, PublishedVersion, Title, TitleEn, Description, DescriptionEn, Language, Category, TemplateRow.SplitTags(Tags), Function, SavedAt,
        Uses, Ratings, Ratings == 0 ? null : Math.Round((double)Stars / Ratings, 2), Favourite);
}
