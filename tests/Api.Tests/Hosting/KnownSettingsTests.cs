using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Vivace.Api.Hosting;
using Vivace.Api.Settings;

namespace Vivace.Api.Tests.Hosting;

public sealed class KnownSettingsTests
{
    /// <summary>One that is missing in the list would be refused as an argument.</summary>
    [Fact]
    public void Every_setting_that_is_bound_is_known_and_no_other()
    {
        var bound = typeof(VivaceSettings).GetConstructors(BindingFlags.Instance | BindingFlags.Public)
            .Single(c => c.GetParameters().Length > 1)
            .GetParameters().SelectMany(p => NamesOf(p.ParameterType, p.Name!));
        Assert.Equal(bound.Order(StringComparer.Ordinal), KnownSettings.Own.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("urls")]
    [InlineData("environment")]
    [InlineData("contentRoot")]
    [InlineData("Logging:LogLevel:Microsoft.Hosting.Lifetime")]
    [InlineData("Kestrel:Limits:MaxConcurrentConnections")]
    [InlineData("auth:apikeys:12:roles:1")]
    [InlineData("ServiceBus")]
    public void What_others_read_and_any_case_is_known(string name) => Assert.True(KnownSettings.Contains(name));

    [Fact]
    public void An_empty_address_is_the_one_by_default()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Urls", "")]).Build();
        Assert.Equal("http://127.0.0.1:7071", HostingMode.Detect(configuration).Urls(configuration));
    }

    private static IEnumerable<string> NamesOf(Type type, string path) => type switch
    {
        { IsArray: true } => [$"{path}:{{n}}"],
        { IsGenericType: true } when type.IsAssignableTo(typeof(IList)) => NamesOf(type.GetGenericArguments()[0], $"{path}:{{n}}"),
        { Namespace: { } home } when home.StartsWith("Vivace", StringComparison.Ordinal)
            => type.GetProperties().Where(p => p.CanWrite).SelectMany(p => NamesOf(p.PropertyType, $"{path}:{p.Name}")),
        _ => [path],
    };
}
