using LLMoin.HostingTests.SmallPlatform;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace LLMoin.HostingTests;

/// <summary>The executable in its roles: the tests, the runner they start, and what the runner starts.</summary>
internal static class Program
{
    public const string Role = "HOSTING_TESTS_ROLE";

    public static async Task<int> Main(string[] args)
    {
        switch (Environment.GetEnvironmentVariable(Role))
        {
            case "runner":
                SmallAppHost.Run(args);
                return Environment.ExitCode;
            case "service":
                await SmallService.RunAsync();
                return 0;
            case "docker":
                await StandInDocker.RunContainerAsync(args);
                return 0;
            default:
                return args.Contains("--server") || args.Contains("--internal-msbuild-node")
                    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
                    : await ConsoleRunner.Run(args);
        }
    }
}
