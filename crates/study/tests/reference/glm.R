# Reference: R's glm on one row per person, refitted from its own solution, with sandwich::vcovCL.
# Rscript glm.R FOLDER   writes the cohorts there, prints the values.
suppressPackageStartupMessages(library(sandwich))
options(warn = 2) # where glm warns it is no reference
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "values.R"))
source(file.path(here, "designs.R"))
source(file.path(here, "exact.R"))
source(file.path(here, "wald.R"))
folder <- commandArgs(TRUE)[1]

crude <- function(variable, data) {
  fit <- exact(reformulate(variable, "y"), data)
  list(coef = coef(fit)[-1], se_cluster = errors(vcovCL(fit, data$cluster))[-1])
}

# The model without a variable and its products.
without <- function(formula, variable, data) {
  labels <- attr(terms(formula), "term.labels")
  rest <- labels[!vapply(strsplit(labels, ":"), function(parts) all(variable %in% parts), NA)]
  exact(if (length(rest)) reformulate(rest, "y") else y ~ 1, data)
}

likelihood_ratio <- function(fit, formula, variable, data) {
  small <- without(formula, variable, data)
  df <- fit$rank - small$rank
  statistic <- 2 * (as.numeric(logLik(fit)) - as.numeric(logLik(small)))
  list(df = df, statistic = statistic, p = pchisq(statistic, df, lower.tail = FALSE))
}

values <- function(counted, more = NULL) {
  data <- people(counted)
  formula <- formula_of(counted, more)
  fit <- exact(formula, data)
  groups <- length(unique(data$cluster))
  tested <- setNames(as.list(covariates(counted)), covariates(counted))
  if (!is.null(more)) tested[[more]] <- strsplit(more, ":")[[1]]
  covariance <- vcovCL(fit, data$cluster)
  test <- function(variable) {
    found <- likelihood_ratio(fit, formula, variable, data)
    c(found, list(robust = wald(fit, covariance, variable, found$df, groups)))
  }
  list(coef = coef(fit), se_model = errors(vcov(fit)), se_cluster = errors(covariance),
       p = p_of(fit, covariance, groups), log_likelihood = as.numeric(logLik(fit)),
       n = nrow(data), events = sum(data$y), clusters = groups, t_quantile = qt(.975, groups - 1),
       crude = lapply(setNames(nm = covariates(counted)), crude, data),
       tests = lapply(tested, test))
}

# Two million people counted: the scores per cluster, and so vcovCL, are the same sums.
values_counted <- function(counted) {
  fit <- exact(reformulate(covariates(counted), "cbind(events, n - events)"), counted)
  p <- fitted(fit)
  covariance <- vcovCL(fit, counted$cluster)
  list(coef = coef(fit), se_model = errors(vcov(fit)), se_cluster = errors(covariance),
       p = p_of(fit, covariance, length(unique(counted$cluster))),
       log_likelihood = sum(counted$events * log(p) + (counted$n - counted$events) * log1p(-p)),
       n = sum(counted$n), events = sum(counted$events), clusters = length(unique(counted$cluster)))
}

names <- c("plain", "common_outcome", "rare", "near_separation", "forty_levels", "one_cluster_with_half",
           "singletons", "duplicated_column", "nested_levels", "few_clusters", "strong_effects", "interaction")
answer <- list()
for (name in names) {
  counted <- designs(name)[[1]]
  hand_over(folder, name, counted)
  answer[[name]] <- if (name == "rare") values_counted(counted)
    else values(counted, if (name == "interaction") "sex:age")
}
cat(json(answer))
