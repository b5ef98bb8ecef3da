# Reference for separated cohorts, where glm is none: brglm2's Firth fit, and glm on the people whose outcome
# the runaway columns do not predict perfectly (the likelihood's limit is theirs).
# Rscript separation.R FOLDER   writes the cohorts there, prints the values.
suppressPackageStartupMessages({
  library(sandwich)
  library(brglm2)
})
options(warn = 2)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "values.R"))
source(file.path(here, "designs.R"))
source(file.path(here, "exact.R"))
source(file.path(here, "wald.R"))
folder <- commandArgs(TRUE)[1]

firth <- function(data, formula) {
  fit <- glm(formula, binomial, data, method = "brglmFit", type = "AS_mean", epsilon = 1e-13, maxit = 2000)
  list(coef = coef(fit), se = errors(vcov(fit)))
}

# Robust errors count all clusters, also those whose people are all predicted.
remaining <- function(data, rows, formula) {
  rest <- droplevels(data[rows, ])
  fit <- exact(formula, rest)
  groups <- length(unique(data$cluster))
  robust <- vcovCL(fit, rest$cluster, cadjust = FALSE) * groups / (groups - 1)
  list(coef = coef(fit), se_model = errors(vcov(fit)), se_cluster = errors(robust),
       tests = list(sex = wald(fit, robust, "sex", 1, groups), age = wald(fit, robust, "age", 3, groups)),
       log_likelihood = as.numeric(logLik(fit)))
}

cases <- function() {
  set.seed(7)
  base <- three(1500, 60, -.5)
  with_drug <- function(none = NULL, all = NULL) {
    d <- base
    d$drug <- draw(nrow(d), 3, c(.5, .3, .2))
    d$y[d$drug %in% none] <- 0
    d$y[d$drug %in% all] <- 1
    d
  }
  # No level alone predicts anything: b without b never has the outcome, a with b always.
  crossed <- base
  crossed$left <- draw(nrow(base), 2)
  crossed$right <- draw(nrow(base), 2)
  crossed$y[crossed$left == "b" & crossed$right == "a"] <- 0
  crossed$y[crossed$left == "a" & crossed$right == "b"] <- 1
  complete <- base
  complete$y <- as.integer(complete$sex == "b")
  list(level_without_events = with_drug(none = "c"), level_all_events = with_drug(all = "b"),
       reference_without_events = with_drug(none = "a"), two_levels = with_drug(none = "b", all = "c"),
       crossed = crossed, complete = complete, overlapping = with_drug())
}

answer <- list()
for (name in names(found <- cases())) {
  data <- found[[name]]
  counted <- count(data)
  hand_over(folder, name, counted)
  data <- people(counted)
  rest <- switch(name,
    level_without_events = remaining(data, data$drug != "c", y ~ sex + age + plan + drug),
    level_all_events = remaining(data, data$drug != "b", y ~ sex + age + plan + drug),
    reference_without_events = remaining(data, data$drug != "a", y ~ sex + age + plan + drug),
    two_levels = remaining(data, data$drug == "a", y ~ sex + age + plan),
    crossed = remaining(data, data$left == data$right, y ~ sex + age + plan + left),
    NULL)
  answer[[name]] <- list(firth = firth(data, formula_of(counted)))
  if (!is.null(rest)) answer[[name]]$remaining <- rest
}
cat(json(answer))
