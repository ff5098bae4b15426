package io.souverix.twin.core.json;

import java.math.BigDecimal;
import java.math.BigInteger;

/// An exact decimal number, normalised: no trailing zeros, one zero. So equal numbers are equal
/// however they were spelled.
public final class JsonNumber implements Json {
    private static final int CACHED = 1024;
    private static final JsonNumber[] SMALL = small();

    private final BigDecimal value;

    private JsonNumber(BigDecimal normalised) {
        this.value = normalised;
    }

    private static JsonNumber[] small() {
        JsonNumber[] numbers = new JsonNumber[CACHED];
        for (int i = 0; i < CACHED; i++) {
            numbers[i] = new JsonNumber(BigDecimal.valueOf(i).stripTrailingZeros());
        }
        return numbers;
    }

    public static JsonNumber of(long number) {
        return number >= 0 && number < CACHED
                ? SMALL[(int) number]
                : new JsonNumber(
                        number % 10 == 0
                                ? BigDecimal.valueOf(number).stripTrailingZeros()
                                : BigDecimal.valueOf(number));
    }

    public static JsonNumber of(BigDecimal number) {
        return new JsonNumber(number.stripTrailingZeros());
    }

    public BigDecimal value() {
        return value;
    }

    /// True where the number is whole and within a signed 64-bit integer.
    public boolean isLong() {
        // A normalised number with a positive scale has digits after the point.
        return value.scale() <= 0
                && value.precision() - value.scale() <= 19
                && value.toBigInteger().bitLength() < Long.SIZE;
    }

    /// The number as a `long`.
    ///
    /// @throws ArithmeticException where [#isLong()] is false
    public long longValue() {
        return value.longValueExact();
    }

    /// The canonical text: n × 10^e with n not ending in zero is written as a plain integer
    /// (e >= 0, at most 21 digits), a plain decimal (-21 <= e < 0), or `n` `e` `e`.
    public String text() {
        if (value.scale() == 0 && value.precision() < 19) {
            return Long.toString(value.longValue());
        }
        int exponent = -value.scale();
        boolean plain = exponent < 0 ? exponent >= -21 : value.precision() + (long) exponent <= 21;
        if (plain) {
            return value.toPlainString();
        }
        BigInteger digits = value.unscaledValue();
        return digits + "e" + exponent;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonNumber that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
