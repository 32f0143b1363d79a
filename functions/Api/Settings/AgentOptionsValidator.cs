using Microsoft.Extensions.Options;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Settings;

[OptionsValidator]
internal sealed partial class AgentOptionsValidator : IValidateOptions<AgentOptions>;
