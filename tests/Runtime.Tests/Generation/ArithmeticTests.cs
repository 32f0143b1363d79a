using Vivace.Runtime.Actions;

namespace Vivace.Runtime.Tests.Generation;

public sealed class ArithmeticTests
{
    [Theory]
    [InlineData("2+3", "5")]
    [InlineData(" 2 + 3 * 4 ", "14")]
    [InlineData("(2+3)*4", "20")]
    [InlineData("-(2-5)", "3")]
    [InlineData("0.1+0.2", "0.3")]
    [InlineData("10/4", "2.5")]
    [InlineData("7 × 6 ÷ 2", "21")]
    [InlineData("2--3", "5")]
    public void An_expression_has_its_value(string expression, string value)
    {
        Assert.True(ArithmeticExpression.TryEvaluate(expression, out var result, out _));
        Assert.Equal(value, result);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2+")]
    [InlineData("2 3")]
    [InlineData("(2")]
    [InlineData("1/0")]
    [InlineData("abc")]
    [InlineData("1.2.3")]
    [InlineData("99999999999999999999999999*99999999999999999999999999")]
    public void Anything_else_is_refused_with_a_reason(string expression)
    {
        Assert.False(ArithmeticExpression.TryEvaluate(expression, out _, out var fault));
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void Deep_and_long_expressions_are_refused()
    {
        Assert.False(ArithmeticExpression.TryEvaluate(new string('(', 90) + "1" + new string(')', 90), out _, out _));
        Assert.False(ArithmeticExpression.TryEvaluate(new string('1', 201), out _, out _));
        Assert.False(ArithmeticExpression.TryEvaluate(new string('-', 150) + "1", out _, out _));
    }
}
