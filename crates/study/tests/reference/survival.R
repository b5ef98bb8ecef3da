# Reference for the product-limit estimate: survfit of the package survival on drawn and on known data.
# Rscript survival.R FOLDER   writes the data there, prints the values.
suppressPackageStartupMessages(library(survival))
options(warn = 2)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "values.R"))
folder <- commandArgs(TRUE)[1]
set.seed(20061201)

# Hours until the answer, followed for a while.
waits <- function(n, mean, follow, digits) {
  time <- rlnorm(n, log(mean), 1.1)
  until <- runif(n, follow / 3, follow)
  data.frame(time = round(pmin(time, until), digits), happened = as.integer(time <= until))
}

cohorts <- list(
  leukemia = with(aml, data.frame(time, happened = status)),
  lung = with(lung, data.frame(time, happened = status - 1)),
  ovary = with(ovarian, data.frame(time = futime, happened = fustat)),
  fine = waits(400, 9, 90, 4),
  tied = waits(900, 6, 40, 0),
  one_hour_each = data.frame(time = rep(1:6, each = 5), happened = 1),
  half = data.frame(time = c(1, 2, 3, 4), happened = 1),
  few_answered = waits(200, 200, 24, 2),
  nobody = data.frame(time = 1:5, happened = 0),
  one = data.frame(time = 3.5, happened = 1)
)

values <- function(d) {
  fit <- survfit(Surv(time, happened) ~ 1, data = d)
  s <- summary(fit)
  median <- summary(fit)$table[c("median", "0.95LCL", "0.95UCL")]
  list(time = as.list(s$time), at_risk = as.list(s$n.risk), happened = as.list(s$n.event), waiting = as.list(s$surv),
       error = as.list(s$std.err), low = as.list(s$lower), high = as.list(s$upper), median = as.list(unname(median)))
}

for (name in names(cohorts)) write.csv(cohorts[[name]], file.path(folder, paste0(name, ".csv")), row.names = FALSE, quote = FALSE)
cat(json(lapply(cohorts, values)))
