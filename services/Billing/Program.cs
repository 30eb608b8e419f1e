using LLMoin.Billing;
using LLMoin.Billing.Ledger.Verification;
using LLMoin.ServiceDefaults;

if (args is ["verify-ledger", .. var options])
    return await VerifyLedgerCommand.RunAsync(options, Console.Out, Console.Error);

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddBilling();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapBilling();
app.Run();
return 0;
