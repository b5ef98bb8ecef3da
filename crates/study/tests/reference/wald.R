# Wald tests with a robust covariance, written out: below 50 clusters with t and F of G-1 degrees of freedom.
# Of each coefficient, with t(G-1) below 50 clusters.
p_of <- function(fit, covariance, groups) {
  z <- abs(coef(fit)) / errors(covariance)
  2 * if (groups < 50) pt(-z, groups - 1) else pnorm(-z)
}

# All coefficients of a variable (and of its products) at once; nothing where some were taken out as aliased.
wald <- function(fit, covariance, variable, df, groups) {
  parts <- strsplit(names(coef(fit)), ":")
  has <- function(of) length(of) >= length(variable) &&
    all(vapply(variable, function(name) any(startsWith(of, name)), NA))
  at <- which(vapply(parts, has, NA))
  if (df == 0 || length(at) != df) return(NA)
  b <- coef(fit)[at]
  statistic <- drop(b %*% solve(covariance[at, at], b))
  if (groups >= 50)
    return(list(df = df, statistic = statistic, p = pchisq(statistic, df, lower.tail = FALSE)))
  list(df = df, within = groups - 1, statistic = statistic / df,
       p = pf(statistic / df, df, groups - 1, lower.tail = FALSE))
}
