using System.ComponentModel.DataAnnotations;
using LLMoin.Retrieval;
using LLMoin.Retrieval.Reading;

namespace LLMoin.UnitTests.Retrieval.Reading;

public sealed class ReadingOptionsTests
{
    [Fact]
    public void The_defaults_are_allowed()
    {
        Assert.Empty(Faults(new ReadingOptions()));
        Assert.Empty(Faults(new RetrievalOptions()));
    }

    [Fact]
    public void A_value_that_would_switch_a_limit_off_is_refused_with_its_name()
    {
        var faults = Faults(new ReadingOptions
        {
            Seconds = 0,
            MemoryMegabytes = 0,
            Parallel = 0,
            MaxPages = 0,
            MaxCharacters = 0,
            MaxDepth = -1,
            MaxEntries = 0,
            MaxExpansionRatio = 0,
            MaxExpandedBytes = 0,
            Tesseract = "",
            RecognitionLanguage = "deu; rm",
            MaxRecognisedPages = -1,
        });

        Assert.Equal(typeof(ReadingOptions).GetProperties().Select(property => property.Name).Order(), faults.Order());
    }

    private static List<string> Faults(object options)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        return [.. faults.SelectMany(fault => fault.MemberNames)];
    }
}
