using System.Text;
using System.Text.Json;
using LLMoin.Prompts.Packages;

namespace LLMoin.UnitTests.Prompts;

public sealed class CanonicalJsonTests
{
    [Theory]
    // What ECMAScript's Number::toString makes of them, as RFC 8785 (section 3.2.2.3) wants it.
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("1.50", "1.5")]
    [InlineData("-12e2", "-1200")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("1.25e-7", "1.25e-7")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("333333333.33333329", "333333333.3333333")]
    [InlineData("0.1", "0.1")]
    [InlineData("100", "100")]
    public void Numbers_are_written_as_ECMAScript_writes_them(string given, string expected)
        => Assert.Equal($"[{expected}]", Canonical($"[{given}]"));

    [Fact]
    public void Members_are_sorted_blanks_go_and_text_is_escaped_no_more_than_needed()
        => Assert.Equal("""{"":[],"1":{"a":true,"b":null},"ä":"Straße \u000f\n\"\\/😀","😀":1}""",
            Canonical("""{ "😀" : 1, "ä" : "Stra\u00dfe \u000f\u000a\u0022\\\/\ud83d\ude00", "1": {"b":null, "a" : true}, "": [ ] }"""));

    [Fact]
    public void Values_of_all_sizes_survive()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var number = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (double.IsFinite(number))
                Assert.Equal(number, JsonDocument.Parse(Canonical($"[{number:R}]")).RootElement[0].GetDouble());
        }
    }

    [Fact]
    public void A_number_beyond_all_doubles_is_refused() => Assert.Throws<FormatException>(() => Canonical("[1e400]"));

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Bytes(JsonDocument.Parse(json).RootElement));
}
