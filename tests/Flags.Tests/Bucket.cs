using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Vivace.Flags.Tests;

/// <summary>The bucket of a unit, by the published formula: <c>u32le(SHA256("{unit}\n{seed}")[0..4]) / uint.Max × 100</c>.</summary>
internal static class Bucket
{
    public static double Of(string unit, string seed)
        => BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{unit}\n{seed}"))) / (double)uint.MaxValue * 100;
}
