using System.Globalization;
using System.Text;
using Vivace.Azure.AppConfiguration;

namespace Vivace.Azure.Tests.AppConfiguration;

/// <summary>The signer, held to the recorded signatures.</summary>
public sealed class RequestSignatureTests
{
    private static readonly byte[] Secret = Convert.FromBase64String("c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0");

    public static TheoryData<int> Signed() => [.. Enumerable.Range(1, 22).Where(n => n != 17)];

    [Theory]
    [MemberData(nameof(Signed))]
    public void A_request_is_signed_as_recorded(int number)
    {
        var recording = Recording.Of(number);
        Assert.Equal(recording.Header("x-ms-content-sha256"), RequestSignature.ContentHash(Encoding.UTF8.GetBytes(recording.Body)));
        Assert.Equal(recording.Header("Authorization"), Sign(recording, Secret));
    }

    [Fact]
    public void Another_secret_gives_another_signature()
        => Assert.NotEqual(Recording.Of(17).Header("Authorization"), Sign(Recording.Of(17), Secret));

    [Fact]
    public void The_date_has_the_recorded_form()
    {
        var at = new DateTimeOffset(2026, 11, 23, 22, 44, 17, TimeSpan.FromHours(2));
        Assert.Equal(Recording.Of(1).Header("x-ms-date"), RequestSignature.Date(at));
        Assert.Equal(at, DateTimeOffset.ParseExact(RequestSignature.Date(at), "R", CultureInfo.InvariantCulture));
    }

    private static string Sign(Recording recording, byte[] secret) => RequestSignature.Authorization(
        "abcd", secret, recording.Method, recording.Target, recording.Header("x-ms-date"), recording.Header("Host"), recording.Header("x-ms-content-sha256"));
}
