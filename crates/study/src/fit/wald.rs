//! Quantiles and tail probabilities of the tests, from the special functions of `statrs`.

use statrs::distribution::{ContinuousCDF, StudentsT};
use statrs::function::beta::checked_beta_reg;
use statrs::function::gamma::checked_gamma_ur;

/// The 97.5 % quantile of the normal distribution.
pub const NORMAL_97_5: f64 = 1.959_963_984_540_054;

/// The 97.5 % quantile of Student's t.
pub fn t_97_5(degrees: usize) -> Option<f64> {
    let t = StudentsT::new(0.0, 1.0, degrees as f64).ok()?;
    Some(polished(&t, t.inverse_cdf(0.975)))
}

/// One Newton step on the distribution function: the inverse of `statrs` is a bisection.
fn polished(t: &StudentsT, at: f64) -> f64 {
    use statrs::distribution::Continuous;
    at - (t.cdf(at) - 0.975) / t.pdf(at)
}

/// Two-sided, of a standard normal statistic: the tail of its square. (`erfc` of `statrs` holds 10 digits.)
pub fn p_normal(z: f64) -> Option<f64> {
    z.is_finite().then(|| p_chi_squared(z * z, 1)).flatten()
}

/// The upper tail of the chi-squared distribution.
pub fn p_chi_squared(statistic: f64, degrees: usize) -> Option<f64> {
    if degrees == 0 {
        return None;
    }
    if statistic <= 0.0 {
        return Some(1.0);
    }
    checked_gamma_ur(degrees as f64 / 2.0, statistic / 2.0).ok()
}

/// Two-sided, of a statistic with Student's t: its square has the F distribution.
pub fn p_t(t: f64, degrees: usize) -> Option<f64> {
    p_f(t * t, 1, degrees)
}

/// The upper tail of the F distribution, `degrees` over `within`.
pub fn p_f(statistic: f64, degrees: usize, within: usize) -> Option<f64> {
    if degrees == 0 || within == 0 || !statistic.is_finite() {
        return None;
    }
    let (above, below) = (degrees as f64, within as f64);
    let share = below / (below + above * statistic.max(0.0));
    checked_beta_reg(below / 2.0, above / 2.0, share).ok()
}

/// Lower and upper end on the odds-ratio scale.
pub fn odds_interval(log_or: f64, se: f64, quantile: f64) -> [f64; 2] {
    [(log_or - quantile * se).exp(), (log_or + quantile * se).exp()]
}

#[cfg(test)]
mod tests {
    use super::*;

    // R: qt(.975, 11), qt(.975, 1), 2 * pnorm(-8), 2 * pnorm(-.1), pchisq(30, 4, lower.tail = FALSE)
    #[test]
    fn quantiles_and_tails_are_those_of_r() {
        let close = |a: f64, b: f64| assert!((a / b - 1.0).abs() < 1e-12, "{a} is not {b}");
        close(t_97_5(11).unwrap(), 2.200_985_160_091_639);
        close(t_97_5(1).unwrap(), 12.706_204_736_174_694);
        close(p_normal(8.0).unwrap(), 1.244_192_114_854_357e-15);
        close(p_normal(0.1).unwrap(), 0.920_344_325_445_942);
        close(p_chi_squared(30.0, 4).unwrap(), 4.894_437_128_029_213e-6);
        assert_eq!(p_chi_squared(3.0, 0), None);
        // 2 * pt(-2.1, 5), 2 * pt(-40, 11), pf(3.3, 4, 11, lower.tail = FALSE), pf(1e-3, 2, 29, lower.tail = FALSE)
        close(p_t(2.1, 5).unwrap(), 0.089_753_249_884_598_68);
        close(p_t(40.0, 11).unwrap(), 2.892_540_898_120_575e-13);
        close(p_f(3.3, 4, 11).unwrap(), 0.052_328_133_825_872_13);
        close(p_f(1e-3, 2, 29).unwrap(), 0.999_000_534_280_085);
        assert_eq!((p_t(0.0, 5), p_f(3.0, 0, 5)), (Some(1.0), None));
    }
}
