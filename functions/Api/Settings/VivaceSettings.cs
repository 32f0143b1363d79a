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
    AppConfigurationSettings AppConfiguration,
    SafetySettings Safety,
    TurnsSettings Turns,
    StreamsSettings Streams,
    EvaluationsSettings Evaluations,
    RolloutsSettings Rollouts,
    ServiceBusSettings ServiceBus,
    AgentOptions Agent)
{
    public static VivaceSettings Read(IConfiguration configuration, HostingMode mode)
    {
        var errors = new List<string>();
        var settings = new VivaceSettings(
            Check("Storage", Bind(() => configuration.GetSection("Storage").Get<StorageSettings>(), errors), new StorageSettingsValidator(), errors),
            Check("Processing", Bind(() => configuration.GetSection("Processing").Get<ProcessingSettings>(), errors), new ProcessingSettingsValidator(), errors),
            Bind(() => configuration.GetSection("Models").Get<ModelsSettings>(), errors),
            Check("Auth", Bind(() => configuration.GetSection("Auth").Get<AuthSettings>(), errors), new AuthSettingsValidator(), errors),
            Check("Limits", Bind(() => configuration.GetSection("Limits").Get<LimitsSettings>(), errors), new LimitsSettingsValidator(), errors),
            Check("Flags", Bind(() => configuration.GetSection("Flags").Get<FlagsSettings>(), errors), new FlagsSettingsValidator(), errors),
            Check("AppConfiguration", Bind(() => configuration.GetSection("AppConfiguration").Get<AppConfigurationSettings>(), errors), new AppConfigurationSettingsValidator(), errors),
            Bind(() => configuration.GetSection("Safety").Get<SafetySettings>(), errors),
            Check("Turns", Bind(() => configuration.GetSection("Turns").Get<TurnsSettings>(), errors), new TurnsSettingsValidator(), errors),
            Check("Streams", Bind(() => configuration.GetSection("Streams").Get<StreamsSettings>(), errors), new StreamsSettingsValidator(), errors),
            Check("Evaluations", Bind(() => configuration.GetSection("Evaluations").Get<EvaluationsSettings>(), errors), new EvaluationsSettingsValidator(), errors),
            Check("Rollouts", Bind(() => configuration.GetSection("Rollouts").Get<RolloutsSettings>(), errors), new RolloutsSettingsValidator(), errors),
            Bind(() => ServiceBusSettings.Read(configuration.GetSection("ServiceBus")), errors),
            Check("Agent", Bind(() => configuration.GetSection("Agent").Get<AgentOptions>(), errors), new AgentOptionsValidator(), errors));
        errors.AddRange(settings.Models.Faults());
        errors.AddRange(settings.Auth.Faults());
        errors.AddRange(settings.ServiceBus.Faults());
        errors.AddRange(settings.AppConfiguration.Faults());
        errors.AddRange(LoggingLevels.Faults(configuration));
        errors.AddRange(ListenAddresses.Faults(mode.Urls(configuration)));
        return errors.Count == 0 ? settings : throw new StartupException("The settings cannot be used:", errors);
    }

    /// <summary>A value of the wrong kind, such as a word for a number, is one more fault.</summary>
    private static T Bind<T>(Func<T?> read, List<string> errors)
        where T : class, new()
    {
        try
        {
            return read() ?? new();
        }
        catch (InvalidOperationException e)
        {
            errors.Add(e.Message);
            return new();
        }
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
