using LLMoin.Chat.Conversations;
using LLMoin.Chat.Conversations.Searches;

namespace LLMoin.UnitTests.Chat;

/// <summary>Titles, searches and snippets.</summary>
public sealed class ConversationTextTests
{
    [Theory]
    [InlineData("  Welche Frist\r\ngilt?\t", "Welche Frist gilt?")]
    [InlineData(" \n", "…")]
    [InlineData("\0", "…")]
    public void A_short_question_is_its_title(string question, string title) => Assert.Equal(title, ConversationTitle.From(question));

    [Fact]
    public void A_long_question_is_cut_before_the_word_that_does_not_fit()
    {
        var title = ConversationTitle.From("Bis wann muss der Antrag auf Genehmigung einer Nebentätigkeit bei der Dienststelle, vorliegen und wem lege ich ihn vor?");

        Assert.Equal("Bis wann muss der Antrag auf Genehmigung einer Nebentätigkeit bei der…", title);
    }

    [Fact]
    public void A_word_without_end_is_cut_but_no_sign_of_it() => Assert.Equal(
        new string('x', 79) + "…", ConversationTitle.From(new string('x', 79) + "😀" + new string('x', 40)));

    [Theory]
    [InlineData("Frist  Wider", "'Frist':* & 'Wider':*")]
    [InlineData("IV-2/34", "'IV-2/34':*")]
    [InlineData("a'b | \\c & \"d\"", "'ab':* & 'c':* & 'd':*")]
    [InlineData("& | !", null)]
    public void What_is_typed_becomes_words_that_all_must_begin_somewhere(string typed, string? query) => Assert.Equal(query, SearchWords.Query(typed));

    [Fact]
    public void A_search_has_at_most_twelve_words()
        => Assert.Equal(12, SearchWords.Query(string.Join(' ', Enumerable.Range(0, 50)))!.Split('&').Length);

    [Fact]
    public void A_snippet_says_where_what_was_sought_stands()
    {
        var snippet = Snippet.From("Die \u0002Frist\u0003\nendet, <b>die \u0002Fristen\u0003");

        Assert.Equal("Die Frist endet, <b>die Fristen", snippet.Text);
        Assert.Equal(["Frist", "Fristen"], snippet.Matches.Select(match => snippet.Text.Substring(match.Start, match.Length)));
    }

    [Fact]
    public void Signs_of_its_own_in_a_text_mark_nothing() => Assert.Empty(Snippet.From("a\u0003b\u0002\u0003c\u0002d").Matches);
}
