using Microsoft.Extensions.Options;
using Vivace.Api.Hosting;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Settings;

/// <summary>Every setting, read and checked once at start; all faults are reported together.</summary>
internal sealed record VivaceSettings(
    StorageSettings Storage,
    ProcessingSettings Processing,
    ModelsSettings Models,
    AuthSettings Auth,
    LimitsSettings Limits,
    FlagsSettings Flags,
    SafetySettings Safety,
    AgentOptions Agent)
{
    public static VivaceSettings Read(IConfiguration configuration)
    {
        var errors = new List<string>();
        var settings = new VivaceSettings(
            Check("Storage", configuration.GetSection("Storage").Get<StorageSettings>() ?? new(), new StorageSettingsValidator(), errors),
            Check("Processing", configuration.GetSection("Processing").Get<ProcessingSettings>() ?? new(), new ProcessingSettingsValidator(), errors),
            configuration.GetSection("Models").Get<ModelsSettings>() ?? new(),
            Check("Auth", configuration.GetSection("Auth").Get<AuthSettings>() ?? new(), new AuthSettingsValidator(), errors),
            Check("Limits", configuration.GetSection("Limits").Get<LimitsSettings>() ?? new(), new LimitsSettingsValidator(), errors),
            configuration.GetSection("Flags").Get<FlagsSettings>() ?? new(),
            configuration.GetSection("Safety").Get<SafetySettings>() ?? new(),
            Check("Agent", configuration.GetSection("Agent").Get<AgentOptions>() ?? new(), new AgentOptionsValidator(), errors));
        errors.AddRange(settings.Models.Faults());
        return errors.Count == 0 ? settings : throw new StartupException("The settings cannot be used:", errors);
    }

    private static T Check<T>(string section, T value, IValidateOptions<T> validator, List<string> errors)
        where T : class
    {
        if (validator.Validate(section, value) is { Failed: true } result)
        {
            errors.AddRange(result.Failures);
        }

        return value;
    }
}
