using LLMoin.Identity.Users;
using Microsoft.AspNetCore.Identity;

namespace LLMoin.Identity.Account;

/// <param name="User">Who signed in; null otherwise.</param>
/// <param name="Wait">Set when there were too many attempts.</param>
internal readonly record struct SignInAttempt(User? User, TimeSpan? Wait);

/// <summary>
/// Checks a user name and password. Wrong password, unknown user and suspended user take the same work and get the same answer.
/// </summary>
internal sealed partial class PasswordSignIn(UserDirectory users, Lockout lockout, IPasswordHasher<User> hasher, ILogger<PasswordSignIn> logger)
{
    private const int MaxLength = 254;

    private readonly string _nobodysHash = hasher.HashPassword(null!, Guid.NewGuid().ToString());

    public async Task<SignInAttempt> TryAsync(string? userName, string? password, string address, CancellationToken cancellation)
    {
        if (userName is not { Length: > 0 and <= MaxLength } || password is not { Length: > 0 and <= MaxLength })
            return default;
        var name = UserDirectory.Normalize(userName);
        if (await lockout.CountAsync(name, address, cancellation) is { } wait)
            return new(null, wait);

        var user = await users.FindByNameAsync(name, cancellation);
        var verified = hasher.VerifyHashedPassword(null!, user?.PasswordHash ?? _nobodysHash, password) != PasswordVerificationResult.Failed;
        if (user is null || !verified || !users.IsActive(user))
        {
            LogRefused();
            return default;
        }
        await lockout.ForgetAsync(name, address, cancellation);
        LogSignedIn(user.Id);
        return new(user, null);
    }

    [LoggerMessage(LogLevel.Information, "A sign-in was refused")]
    private partial void LogRefused();

    [LoggerMessage(LogLevel.Information, "User {UserId} signed in")]
    private partial void LogSignedIn(Guid userId);
}
