using LLMoin.Billing.Accounts;

namespace LLMoin.BillingTests.Accounts;

public sealed class LeitwegIdTests
{
    [Theory]
    [InlineData("04011000-1234512345-06")]
    [InlineData("992-90009-96")]
    [InlineData("09564000-NUE0001-49")]
    public void Those_in_use_are_right(string id) => Assert.True(LeitwegId.IsValid(id));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("04011000-1234512345-07")]
    [InlineData("04011000-1234512354-06")]
    [InlineData("4011000-1234512345-06")]
    [InlineData("17011000-1234512345-06")]
    [InlineData("04011000-12345_2345-06")]
    [InlineData("04011000--06")]
    [InlineData("04011000-1234512345-6")]
    [InlineData("0401100012345-1234512345-06")]
    [InlineData("04011000-1234512345123451234512345123451-06")]
    [InlineData("04011000-1234512345-06\n")]
    public void Others_are_wrong(string? id) => Assert.False(LeitwegId.IsValid(id));

    [Theory]
    [InlineData("01")]
    [InlineData("991")]
    [InlineData("060000000000")]
    public void The_fine_address_may_be_left_out(string coarse) => Assert.True(LeitwegId.IsValid(Invoices.SampleStatements.Leitweg(coarse)));

    [Fact]
    public void Any_digit_off_and_any_two_neighbours_swapped_are_noticed()
    {
        const string id = "04011000-1234512345-06";
        for (var index = 2; index < id.Length; index++)
        {
            if (!char.IsAsciiDigit(id[index]))
                continue;
            var other = (char)('0' + ((id[index] - '0' + 1) % 10));
            Assert.False(LeitwegId.IsValid(id[..index] + other + id[(index + 1)..]), $"digit {index}");
            if (index + 1 < id.Length && char.IsAsciiDigit(id[index + 1]) && id[index] != id[index + 1])
                Assert.False(LeitwegId.IsValid(id[..index] + id[index + 1] + id[index] + id[(index + 2)..]), $"swap {index}");
        }
    }

    [Theory]
    [InlineData("DE02120300000000202051", true)]
    [InlineData("DE02120300000000202052", false)]
    [InlineData("AT611904300234573201", true)]
    [InlineData("DE0212030000000020205", false)]
    [InlineData("de02120300000000202051", false)]
    public void The_same_arithmetic_checks_an_iban(string iban, bool isRight) => Assert.Equal(isRight, Mod97.IsIban(iban));
}
