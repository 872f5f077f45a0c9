package dev.cermin.verify;

import static cc.redberry.rings.Rings.Q;

import cc.redberry.rings.Rational;
import cc.redberry.rings.poly.multivar.DegreeVector;
import cc.redberry.rings.poly.multivar.Monomial;
import cc.redberry.rings.poly.multivar.MonomialOrder;
import cc.redberry.rings.poly.multivar.MultivariateDivision;
import cc.redberry.rings.poly.multivar.MultivariateGCD;
import cc.redberry.rings.poly.multivar.MultivariatePolynomial;
import cc.redberry.rings.primes.BigPrimes;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A polynomial with rational coefficients in symbols that are numbered from 0, by Rings; the only class that touches it.
 * Symbols of lower numbers lead. Immutable.
 */
final class Polynomial {
    /** As many as an {@link Algebra} can need. */
    static final int SYMBOLS = 20;

    private static final MultivariatePolynomial<Rational<cc.redberry.rings.bigint.BigInteger>> ZERO =
            MultivariatePolynomial.zero(SYMBOLS, Q, MonomialOrder.LEX);

    /** Shared, so never to be changed: the operations of Rings change what they are called on. */
    private final MultivariatePolynomial<Rational<cc.redberry.rings.bigint.BigInteger>> terms;

    /** One of its terms. */
    record Term(BigInteger over, BigInteger under, DegreeVector powers) {
        int exponent(int symbol) {
            return powers.exponents[symbol];
        }
    }

    private Polynomial(MultivariatePolynomial<Rational<cc.redberry.rings.bigint.BigInteger>> terms) {
        this.terms = terms;
    }

    static Polynomial of(BigInteger over, BigInteger under) {
        return new Polynomial(ZERO.createConstant(rational(over, under)));
    }

    static Polynomial of(long value) {
        return of(BigInteger.valueOf(value), BigInteger.ONE);
    }

    static Polynomial symbol(int number, int exponent) {
        return new Polynomial(ZERO.createMonomial(number, exponent));
    }

    Polynomial plus(Polynomial other) {
        return new Polynomial(terms.clone().add(other.terms));
    }

    Polynomial minus(Polynomial other) {
        return new Polynomial(terms.clone().subtract(other.terms));
    }

    Polynomial times(Polynomial other) {
        return new Polynomial(terms.clone().multiply(other.terms));
    }

    /** Times factor / divisor. */
    Polynomial times(BigInteger factor, BigInteger divisor) {
        return new Polynomial(terms.clone().multiply(rational(factor, divisor)));
    }

    /** What is left when multiples of the others are taken away as long as possible. */
    Polynomial modulo(List<Polynomial> others) {
        return new Polynomial(MultivariateDivision.remainder(
                terms, others.stream().map(other -> other.terms).toList()));
    }

    /** Without the factors that both have; the symbols are taken for independent. */
    Polynomial withoutFactorsOf(Polynomial other) {
        return new Polynomial(
                MultivariateDivision.divideExact(terms, MultivariateGCD.PolynomialGCD(terms, other.terms)));
    }

    boolean isZero() {
        return terms.isZero();
    }

    boolean isConstant() {
        return terms.isConstant();
    }

    int size() {
        return terms.size();
    }

    /** The largest exponent. */
    int degree() {
        return terms.isZero() ? 0 : terms.degreeMax();
    }

    int degree(int symbol) {
        return terms.isZero() ? 0 : terms.degree(symbol);
    }

    /** What stands at that power of the symbol. */
    Polynomial coefficient(int symbol, int exponent) {
        return new Polynomial(terms.coefficientOf(symbol, exponent));
    }

    /** The term without symbols. */
    Polynomial constant() {
        return new Polynomial(terms.createConstant(terms.cc()));
    }

    /** The term that leads, alone. */
    Polynomial lead() {
        return new Polynomial(terms.ltAsPoly());
    }

    /** Its term; one of 0 for the polynomial that is 0. */
    Term leading() {
        return term(terms.lt());
    }

    Stream<Term> terms() {
        return StreamSupport.stream(terms.spliterator(), false).map(Polynomial::term);
    }

    /** The prime factors, each as often as it divides. */
    static List<BigInteger> primes(BigInteger positive) {
        return BigPrimes.primeFactors(new cc.redberry.rings.bigint.BigInteger(positive)).stream()
                .map(Polynomial::java)
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Polynomial that && terms.equals(that.terms);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    private static Term term(Monomial<Rational<cc.redberry.rings.bigint.BigInteger>> monomial) {
        return new Term(
                java(monomial.coefficient.numerator()), java(monomial.coefficient.denominator()), monomial.dv());
    }

    private static Rational<cc.redberry.rings.bigint.BigInteger> rational(BigInteger over, BigInteger under) {
        return new Rational<>(
                cc.redberry.rings.Rings.Z,
                new cc.redberry.rings.bigint.BigInteger(over),
                new cc.redberry.rings.bigint.BigInteger(under));
    }

    private static BigInteger java(cc.redberry.rings.bigint.BigInteger value) {
        return new BigInteger(value.toByteArray());
    }
}
