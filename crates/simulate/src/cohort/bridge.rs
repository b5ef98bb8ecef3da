//! The bridge distribution for the logit link (Wang and Louis, Biometrika 2003): a random effect after
//! whose average a logistic model is still logistic.
//!
//! If `logit P(Y | x, b) = b + eta / phi` and `b` is bridge distributed with `0 < phi < 1`, then
//! `logit P(Y | x) = eta` exactly: marginal odds ratios are those of `eta`. Its variance is
//! `pi^2 / 3 (1 / phi^2 - 1)`. An ordinary normal effect would pull them toward 1.

use std::f64::consts::PI;

/// The quantile function at `u`, strictly between 0 and 1.
pub fn quantile(phi: f64, u: f64) -> f64 {
    ((phi * PI * u).sin() / (phi * PI * (1.0 - u)).sin()).ln() / phi
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn averaging_over_the_bridge_leaves_the_marginal_chance() {
        let (phi, steps) = (0.8, 200_000);
        for eta in [-2.0_f64, -0.3, 0.0, 1.7] {
            let chance = |step: i32| {
                let b = quantile(phi, (f64::from(step) + 0.5) / f64::from(steps));
                1.0 / (1.0 + (-b - eta / phi).exp())
            };
            let mean = (0..steps).map(chance).sum::<f64>() / f64::from(steps);
            let marginal = 1.0 / (1.0 + (-eta).exp());
            assert!((mean - marginal).abs() < 1e-6, "{eta}: {mean} is not {marginal}");
        }
    }

    #[test]
    fn its_variance_is_the_published_one() {
        let (phi, steps) = (0.9, 400_000);
        let square = |step: i32| quantile(phi, (f64::from(step) + 0.5) / f64::from(steps)).powi(2);
        let variance = (0..steps).map(square).sum::<f64>() / f64::from(steps);
        let published = PI * PI / 3.0 * (1.0 / (phi * phi) - 1.0);
        assert!((variance / published - 1.0).abs() < 1e-3, "{variance} is not {published}");
    }
}
