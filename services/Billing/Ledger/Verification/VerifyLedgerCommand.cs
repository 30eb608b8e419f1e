using Npgsql;

namespace LLMoin.Billing.Ledger.Verification;

/// <summary>Verifies chains from a shell, with nothing of the service running but its database.</summary>
internal static class VerifyLedgerCommand
{
    private const string Help =
        """
        LLMoin.Billing verify-ledger [options]

        Recomputes the ledger's chains and says of each whether it is intact, and of one that is not which entry is the first that is wrong.
        The database is that of ConnectionStrings:billing.

          --tenant NAME       only this tenant's
          --anchor SEQ:HASH   what a statement says of this tenant's chain; needs --tenant
          --help              this

        Exit code: 0 all intact, 1 some are not, 2 wrong options, 3 the database could not be read.
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        if (arguments is ["--help"])
        {
            await output.WriteLineAsync(Help);
            return 0;
        }

        if (!TryParse(arguments, out var tenant, out var anchor))
        {
            await errors.WriteLineAsync(Help);
            return 2;
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        try
        {
            builder.AddBillingDatabase();
            await using var app = builder.Build();
            return await RunAsync(new LedgerVerifier(app.Services.GetRequiredService<BillingDatabase>()), tenant, anchor, output);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            await errors.WriteLineAsync(exception.Message);
            return 3;
        }
    }

    private static async Task<int> RunAsync(LedgerVerifier verifier, string? tenant, LedgerAnchor? anchor, TextWriter output)
    {
        var broken = 0;
        foreach (var name in tenant is null ? await verifier.TenantsAsync(CancellationToken.None) : [tenant])
        {
            var report = await verifier.VerifyAsync(name, anchor, CancellationToken.None);
            await output.WriteLineAsync(report.Fault is { } fault
                ? $"{name}: BROKEN at entry {fault.Seq}: {fault.Detail}"
                : $"{name}: intact, {report.Entries} entries, last hash {report.LastHash}");
            broken += report.Intact ? 0 : 1;
        }

        return broken == 0 ? 0 : 1;
    }

    private static bool TryParse(IReadOnlyList<string> arguments, out string? tenant, out LedgerAnchor? anchor)
    {
        (tenant, anchor) = (null, null);
        for (var i = 0; i + 1 < arguments.Count; i += 2)
        {
            if (arguments[i] == "--tenant")
                tenant = arguments[i + 1];
            else if (arguments[i] == "--anchor" && arguments[i + 1].Split(':') is [var seq, var hash] && LedgerAnchor.TryParse(seq, hash) is { } given)
                anchor = given;
            else
                return false;
        }

        return arguments.Count % 2 == 0 && (anchor is null || tenant is not null);
    }
}
