using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LLMoin.Prompts.Search;

/// <summary>An order of the list: by a number that falls, or by the title; templates of the same place are ordered by id.</summary>
/// <param name="Number">SQL of the number, a bigint; 0 where the title orders.</param>
/// <param name="ByTitle">Whether the title orders.</param>
internal sealed record SearchOrder(string Number, bool ByTitle)
{
    public static readonly SearchOrder Relevance = new("w.rank", false);
    public static readonly SearchOrder Recent = new("(extract(epoch from v.saved_at) * 1e6)::bigint", false);
    public static readonly SearchOrder Popular = new("coalesce(c.uses, 0)", false);
    public static readonly SearchOrder Title = new("0::bigint", true);

    /// <returns>Null for an order that does not exist.</returns>
    public static SearchOrder? Named(string? sort, bool isSearch) => sort switch
    {
        null => isSearch ? Relevance : Title,
        "relevance" => isSearch ? Relevance : Recent,
        "recent" => Recent,
        "popular" => Popular,
        "title" => Title,
        _ => null,
    };

    public string OrderBy => ByTitle ? "place_text, id" : "place_number desc, id desc";

    public string After => ByTitle ? "(place_text, id) > (@text, @id)" : "(place_number, id) < (@number, @id)";
}

/// <summary>The last template of a page in its order, as an opaque text.</summary>
internal sealed record SearchCursor(string Text, long Number, Guid Id)
{
    public override string ToString()
        => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Number}|{Id}|{Text}")));

    /// <returns>Null for what is no cursor.</returns>
    public static SearchCursor? Parse(string text)
    {
        if (text.Length > 1_000 || !Base64Url.IsValid(text))
            return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|', 3);
        return parts is [var number, var id, var title] && !title.Contains('\0', StringComparison.Ordinal)
            && long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var place) && Guid.TryParse(id, out var last)
            ? new SearchCursor(title, place, last)
            : null;
    }
}
