using System.Text;
using LLMoin.Billing.Csv;
using LLMoin.Billing.Money;

namespace LLMoin.BillingTests.Csv;

public sealed class CsvTableTests
{
    [Fact]
    public void German_Excel_reads_it_by_a_double_click()
    {
        var bytes = new CsvTable("Straße", "Netto").Add("Bau; Umwelt", new Cents(-123_450)).Add("sagt \"ja\"", 5).ToBytes();

        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        Assert.Equal("Straße;Netto\r\n\"Bau; Umwelt\";-1234,50\r\n\"sagt \"\"ja\"\"\";5\r\n", Encoding.UTF8.GetString(bytes[3..]));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+49")]
    [InlineData("-2")]
    [InlineData("@SUM(A1)")]
    [InlineData("\tx")]
    [InlineData("  =1")]
    public void Text_never_becomes_a_formula(string text)
    {
        var written = Encoding.UTF8.GetString(new CsvTable("a").Add(text).ToBytes()[3..]).Split("\r\n")[1];

        Assert.StartsWith("'", written.TrimStart('"'), StringComparison.Ordinal);
    }
}
