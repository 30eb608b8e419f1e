using System.Text.Json;
using LLMoin.Chat.Sources;

namespace LLMoin.UnitTests.Chat;

public sealed class CitationTests
{
    [Fact]
    public void A_citation_names_the_page_of_its_passage()
    {
        var found = JsonSerializer.Deserialize<FoundPassage>(
            """{"documentId":"0190a000-0000-7000-8000-000000000000","title":"Satzung","headingPath":"§ 3","text":"Neunzig Euro.","start":10,"end":23,"page":4,"score":1.5}""",
            JsonSerializerOptions.Web)!;

        Assert.Equal(4, Assert.Single(Citation.In("Die Steuer beträgt neunzig Euro [1].", [found])).Page);
    }

    [Fact]
    public void Citations_stored_before_there_were_pages_are_still_read()
        => Assert.Null(JsonSerializer.Deserialize<Citation>(
            """{"number":1,"documentId":"0190a000-0000-7000-8000-000000000000","title":"Satzung","headingPath":null,"start":10,"end":23}""", JsonSerializerOptions.Web)!.Page);
}
