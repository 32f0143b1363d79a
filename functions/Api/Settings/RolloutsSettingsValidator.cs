using Microsoft.Extensions.Options;

namespace Vivace.Api.Settings;

[OptionsValidator]
internal sealed partial class RolloutsSettingsValidator : IValidateOptions<RolloutsSettings>;
