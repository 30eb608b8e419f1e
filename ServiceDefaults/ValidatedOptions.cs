using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LLMoin.ServiceDefaults;

public static class ValidatedOptions
{
    /// <summary>
    /// Binds <typeparamref name="T"/> to one configuration section and checks its data annotations when the process starts,
    /// so that a wrong key stops the start with its name instead of failing some request later.
    /// </summary>
    public static OptionsBuilder<T> AddValidatedOptions<T>(this IServiceCollection services, string section) where T : class
        => services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
}
