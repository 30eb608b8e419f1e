using LLMoin.Billing.Months;

namespace LLMoin.Billing.Rating;

/// <summary>What is charged of one tenant's entries that are booked to one month: quantities alone, in one order whatever they were read from.</summary>
/// <param name="Month">To which the entries are booked.</param>
/// <param name="Days">By day, department and price class, each once; days before the month are of entries that came late.</param>
/// <param name="People">Who used something in the month, each once.</param>
internal sealed record MonthUsage(BillingMonth Month, IReadOnlyList<DayUsage> Days, IReadOnlyList<ActivePerson> People);

/// <param name="Day">On which it was used.</param>
/// <param name="Department">The department's id; empty for none.</param>
/// <param name="PriceClass">Of the model; empty for none.</param>
/// <param name="PromptTokens">Negative where corrections outweigh the uses, as all of these.</param>
/// <param name="CompletionTokens">Tokens generated.</param>
/// <param name="Pages">Pages read in.</param>
/// <param name="Bytes">Kept at the end of the day.</param>
internal sealed record DayUsage(DateOnly Day, string Department, string PriceClass, long PromptTokens, long CompletionTokens, long Pages, long Bytes);

/// <summary>Somebody with at least one use in the month that did not fail.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Department">For which most of it was used.</param>
/// <param name="FirstDay">Of the first use ever.</param>
internal sealed record ActivePerson(string UserId, string Department, DateOnly FirstDay);
