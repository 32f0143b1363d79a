using System.Globalization;

namespace Vivace.Runtime.Safety;

/// <summary>
/// Characters that show nothing: controls but white space, and what Unicode calls default ignorable (DerivedCoreProperties,
/// Default_Ignorable_Code_Point), by UTF-16 units; of those beyond the BMP only tags and selectors, and of a pair the first half.
/// </summary>
internal static class Invisible
{
    /// <summary>Whether an ASCII character is a control that is no white space.</summary>
    public static bool IsControl(char c) => c is < ' ' or '\u007F' && !char.IsWhiteSpace(c);

    /// <summary>The same beyond ASCII.</summary>
    public static bool IsIgnorable(char c) => IsTagOrSelector(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control && !char.IsWhiteSpace(c)
        || c is '\u034F' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or (>= '\u180B' and <= '\u180F') or '\u2065' or '\u3164'
            or (>= '\uFE00' and <= '\uFE0F') or '\uFFA0' or (>= '\uFFF0' and <= '\uFFF8');

    /// <summary>The first half of U+E0000 to U+E0FFF.</summary>
    private static bool IsTagOrSelector(char c) => c is >= '\uDB40' and <= '\uDB43';
}
