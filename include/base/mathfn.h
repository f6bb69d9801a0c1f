/*
 * base/mathfn.h - the elementary functions of the program, the same bits on
 * every machine.
 *
 * The C library's exp, tanh and log give other last bits on other processors.
 * These are at most 1 ulp from the true value, use only IEEE additions,
 * multiplications, divisions and square roots without contraction, and are
 * tested against MPFR. Special values are C99's (Annex F). No errno, no flags.
 */
#ifndef BACKSTEP_BASE_MATHFN_H
#define BACKSTEP_BASE_MATHFN_H

double math_exp(double x);
double math_expm1(double x);
double math_log(double x);
double math_log1p(double x);
double math_tanh(double x);
double math_erfc(double x);
double math_sin(double x);
double math_cos(double x);
double math_pow(double x, double y);

#endif
