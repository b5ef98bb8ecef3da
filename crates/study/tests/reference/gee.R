# Reference: geepack::geeglm with an exchangeable correlation, at its defaults (scale and correlation
# estimated, robust errors) but for a tighter end of the iterations.
# Rscript gee.R FOLDER   writes the cohorts there, prints the values.
suppressPackageStartupMessages(library(geepack))
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "values.R"))
source(file.path(here, "designs.R"))
folder <- commandArgs(TRUE)[1]

values <- function(counted) {
  data <- people(counted)
  data$group <- as.integer(factor(data$cluster))
  stopifnot(max(table(data$group)) <= 500) # geepack forms a matrix of that size squared
  formula <- formula_of(counted)
  fit <- geeglm(formula, binomial, data, id = group, corstr = "exchangeable",
                control = geese.control(epsilon = 1e-10, maxit = 100))
  found <- summary(fit)
  list(coef = coef(fit), se = setNames(found$coefficients$Std.err, names(coef(fit))),
       alpha = found$corr$Estimate, scale = found$dispersion$Estimate)
}

design_strong_correlation <- function() count(three(3000, 100, -.5, sd = 1.5))
design_uneven <- function() count(three(2500, 80, -1, chances = (1:80)^2))

answer <- list()
for (name in c("plain", "common_outcome", "few_clusters", "singletons", "strong_correlation", "uneven")) {
  counted <- designs(name)[[1]]
  hand_over(folder, name, counted)
  answer[[name]] <- values(counted)
}
cat(json(answer))
