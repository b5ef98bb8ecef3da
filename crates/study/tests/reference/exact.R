# glm, refitted from its own solution until it stays.
# With a tight epsilon glm no longer sees aliased columns (its rank tolerance is epsilon / 1000), so they are
# taken out first. Near rounding the deviance may never move by less than 1e-14 of itself, and glm
# then warns that it did not converge; that a refit stays where it started says it better.
exact <- function(formula, data) {
  first <- glm(formula, binomial, data)
  response <- model.response(model.frame(first))
  columns <- model.matrix(first)[, !is.na(coef(first)), drop = FALSE]
  fit <- function(start) {
    withCallingHandlers(
      glm(response ~ columns - 1, binomial, control = glm.control(epsilon = 1e-14, maxit = 100), start = start),
      warning = function(w) if (grepl("did not converge", conditionMessage(w))) invokeRestart("muffleWarning"))
  }
  last <- coef(first)[!is.na(coef(first))]
  for (again in 1:6) {
    start <- last
    found <- fit(start)
    last <- coef(found)
    if (all(abs(last - start) < 1e-11 * pmax(abs(start), errors(vcov(found))))) {
      names(found$coefficients) <- colnames(columns)
      return(found)
    }
  }
  stop("glm does not settle")
}

errors <- function(covariance) sqrt(diag(covariance))
