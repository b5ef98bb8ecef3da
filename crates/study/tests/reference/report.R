# Reference for what a report prints beside the odds ratios, written out with base R on one row per
# person: adjusted probabilities, C-statistic, tenths of risk, standardized differences.
# Rscript report.R FOLDER   writes the cohorts there, prints the values.
suppressPackageStartupMessages(library(sandwich))
options(warn = 2)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "values.R"))
source(file.path(here, "designs.R"))
folder <- commandArgs(TRUE)[1]

# Everybody gets the level; the delta method with the cluster-robust covariance.
adjusted <- function(fit, formula, data, variable, level, covariance) {
  data[[variable]] <- factor(level, levels = levels(data[[variable]]))
  x <- model.matrix(delete.response(terms(formula)), data, xlev = fit$xlevels)
  p <- plogis(drop(x %*% coef(fit)))
  gradient <- colMeans(x * p * (1 - p))
  list(probability = mean(p), se = sqrt(drop(gradient %*% covariance %*% gradient)))
}

c_statistic <- function(p, y) {
  ranks <- rank(signif(p, 10))
  (sum(ranks[y == 1]) - sum(y) * (sum(y) + 1) / 2) / (sum(y) * sum(1 - y))
}

# People of one fitted chance stay together, at the tenth in which their middle stands.
tenths <- function(p, y) {
  same <- signif(p, 10)
  tenth <- ceiling(10 * (rank(same) - .5) / length(p) + 1e-9)
  unname(lapply(split(seq_along(p), tenth), function(rows)
    list(n = length(rows), events = sum(y[rows]), expected = sum(p[rows]))))
}

# Yang and Dalton: all levels but the first, under the mean of the two multinomial covariances.
difference <- function(variable, data) {
  shares <- prop.table(table(data[[variable]], data$y), 2)
  spread <- function(share) diag(share, length(share)) - share %o% share
  without <- shares[-1, 1]
  with <- shares[-1, 2]
  joint <- with - without
  single <- (shares[, 2] - shares[, 1]) / sqrt((shares[, 2] * (1 - shares[, 2]) + shares[, 1] * (1 - shares[, 1])) / 2)
  list(joint = sqrt(drop(joint %*% solve((spread(with) + spread(without)) / 2, joint))), levels = as.list(single))
}

values <- function(counted, more = NULL) {
  data <- people(counted)
  formula <- formula_of(counted, more)
  for (variable in covariates(counted)) data[[variable]] <- factor(data[[variable]])
  fit <- glm(formula, binomial, data, control = glm.control(epsilon = 1e-12))
  fit <- update(fit, start = coef(fit))
  covariance <- vcovCL(fit, data$cluster)
  by_level <- function(variable) {
    of <- levels(data[[variable]])
    setNames(lapply(of, function(level) adjusted(fit, formula, data, variable, level, covariance)), of)
  }
  names <- setNames(nm = covariates(counted))
  list(adjusted = lapply(names, by_level), c_statistic = c_statistic(fitted(fit), data$y),
       calibration = tenths(fitted(fit), data$y), differences = lapply(names, difference, data))
}

answer <- list()
for (name in c("plain", "forty_levels", "interaction")) {
  counted <- designs(name)[[1]]
  hand_over(folder, name, counted)
  answer[[name]] <- values(counted, if (name == "interaction") "sex:age")
}
cat(json(answer))
