namespace LLMoin.Billing.Accounts;

/// <summary>What an invoice to a tenant needs to know of it.</summary>
/// <param name="Tenant">Whose account it is.</param>
/// <param name="LegalName">As it stands in law (BT-44).</param>
/// <param name="Address">BG-8.</param>
/// <param name="LeitwegId">The buyer reference (BT-10).</param>
/// <param name="ElectronicAddress">BT-49.</param>
/// <param name="VatId">BT-48; empty where it has none. Reverse charge needs it (BR-AE-02).</param>
/// <param name="Contact">BG-9.</param>
/// <param name="OrderReference">The buyer's order number (BT-13); empty without one.</param>
/// <param name="PaymentDays">Days from issue to due date (BT-9).</param>
/// <param name="Version">1, 2, 3 …; its ETag.</param>
/// <param name="UpdatedAt">UTC.</param>
internal sealed record BillingAccount(
    string Tenant, string LegalName, PostalAddress Address, string LeitwegId, ElectronicAddress ElectronicAddress, string VatId, ContactPoint Contact,
    string OrderReference, int PaymentDays, int Version, DateTime UpdatedAt);
