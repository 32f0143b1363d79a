using System.Globalization;

namespace Vivace.Runtime.Actions;

/// <summary>Recursive descent over <c>+ - * / ( )</c> and decimal numbers, at most 200 characters and 32 levels deep.</summary>
internal ref struct ArithmeticExpression
{
    private const int MaxLength = 200;
    private const int MaxDepth = 32;

    private readonly ReadOnlySpan<char> text;
    private int position;
    private int depth;

    private ArithmeticExpression(ReadOnlySpan<char> text) => this.text = text;

    public static bool TryEvaluate(string expression, out string value, out string fault)
    {
        value = "";
        fault = "";
        if (string.IsNullOrWhiteSpace(expression) || expression.Length > MaxLength)
        {
            fault = $"an expression has 1 to {MaxLength} characters.";
            return false;
        }

        try
        {
            var parser = new ArithmeticExpression(expression);
            var result = parser.Sum();
            if (parser.Peek() != '\0')
            {
                throw new FormatException($"'{parser.Peek()}' was not expected at position {parser.position + 1}.");
            }

            value = result.ToString("0.############################", CultureInfo.InvariantCulture);
            return true;
        }
        catch (Exception e) when (e is FormatException or DivideByZeroException or OverflowException)
        {
            fault = e is FormatException ? e.Message : e is DivideByZeroException ? "it divides by zero." : "the numbers are too large.";
            return false;
        }
    }

    private decimal Sum()
    {
        var value = Product();
        while (Peek() is '+' or '-')
        {
            value = text[position++] == '+' ? value + Product() : value - Product();
        }

        return value;
    }

    private decimal Product()
    {
        var value = Factor();
        while (Peek() is '*' or '/' or '×' or '÷')
        {
            value = text[position++] is '*' or '×' ? value * Factor() : value / Factor();
        }

        return value;
    }

    private decimal Factor()
    {
        if (++depth > MaxDepth)
        {
            throw new FormatException("it nests too deep.");
        }

        var value = Peek() switch
        {
            '-' => Negative(),
            '(' => Bracket(),
            _ => Number(),
        };
        depth--;
        return value;
    }

    private decimal Negative()
    {
        position++;
        return -Factor();
    }

    private decimal Bracket()
    {
        position++;
        var value = Sum();
        if (Peek() != ')')
        {
            throw new FormatException("a bracket is not closed.");
        }

        position++;
        return value;
    }

    private decimal Number()
    {
        Peek();
        var start = position;
        while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '.'))
        {
            position++;
        }

        return decimal.TryParse(text[start..position], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException($"a number was expected at position {start + 1}.");
    }

    /// <summary>The next character that is not white space, or NUL at the end.</summary>
    private char Peek()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position < text.Length ? text[position] : '\0';
    }
}
