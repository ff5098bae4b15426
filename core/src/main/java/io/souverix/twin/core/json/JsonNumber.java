package io.souverix.twin.core.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// An exact decimal number, normalised: no trailing zeros, one zero. So equal numbers are equal
/// however they were spelled. Whole numbers that fit a `long` are kept as one.
public final class JsonNumber implements Json {
    private static final int CACHED = 1024;
    private static final JsonNumber[] SMALL = small();

    private final long whole;

    /// The number where it is not whole or fits no `long`, normalised.
    private final @Nullable BigDecimal other;

    private JsonNumber(long whole, @Nullable BigDecimal other) {
        this.whole = whole;
        this.other = other;
    }

    private static JsonNumber[] small() {
        JsonNumber[] numbers = new JsonNumber[CACHED];
        for (int i = 0; i < CACHED; i++) {
            numbers[i] = new JsonNumber(i, null);
        }
        return numbers;
    }

    public static JsonNumber of(long number) {
        return number >= 0 && number < CACHED ? SMALL[(int) number] : new JsonNumber(number, null);
    }

    public static JsonNumber of(BigDecimal number) {
        BigDecimal normalised = number.stripTrailingZeros();
        // A normalised number with a positive scale has digits after the point.
        boolean fits =
                normalised.scale() <= 0
                        && normalised.precision() - (long) normalised.scale() <= 19
                        && normalised.toBigInteger().bitLength() < Long.SIZE;
        return fits ? of(normalised.longValueExact()) : new JsonNumber(0, normalised);
    }

    public BigDecimal value() {
        return other == null ? BigDecimal.valueOf(whole).stripTrailingZeros() : other;
    }

    /// True where the number is whole and within a signed 64-bit integer.
    public boolean isLong() {
        return other == null;
    }

    /// The number as a `long`.
    ///
    /// @throws ArithmeticException where [#isLong()] is false
    public long longValue() {
        return other == null ? whole : other.longValueExact();
    }

    /// The canonical text: n × 10^e with n not ending in zero is written as a plain integer
    /// (e >= 0, at most 21 digits), a plain decimal (-21 <= e < 0), or `n` `e` `e`.
    public String text() {
        if (other == null) {
            return Long.toString(whole);
        }
        int exponent = -other.scale();
        boolean plain = exponent < 0 ? exponent >= -21 : other.precision() + (long) exponent <= 21;
        if (plain) {
            return other.toPlainString();
        }
        BigInteger digits = other.unscaledValue();
        return digits + "e" + exponent;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof JsonNumber that
                && whole == that.whole
                && (other == null ? that.other == null : other.equals(that.other));
    }

    @Override
    public int hashCode() {
        return other == null ? Long.hashCode(whole) : other.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
