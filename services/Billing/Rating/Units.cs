namespace LLMoin.Billing.Rating;

/// <summary>UN/ECE Recommendation 20.</summary>
internal static class Units
{
    public const string One = "C62";
    public const string Day = "DAY";
    public const string Month = "MON";
    public const string Megabyte = "4L";
}
