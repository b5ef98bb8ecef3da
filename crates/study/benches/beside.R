# Reads a CSV of the columns of grouping.rs, fits it row by row with glm and adds errors robust to the
# provider. Prints one line for each step: seconds and the odds ratio of female.
#
#     Rscript beside.R FILE.csv
suppressMessages(library(sandwich))

file <- commandArgs(trailingOnly = TRUE)[1]
levels <- list(
  sex = c("male", "female"),
  age = c("18-35", "36-50", "51-65", "over 65"),
  morbidity = c("very low", "low", "moderate", "high or very high"),
  share = c("<= 10 %", "> 10-20 %", "> 20-50 %", "> 50 %"),
  insurance = c("commercial", "Medicare", "Medicaid", "other")
)
seconds <- function(work) {
  took <- system.time(value <- work())
  list(value = value, wall = took[["elapsed"]], processor = took[["user.self"]] + took[["sys.self"]])
}
say <- function(step, took, note = "") {
  cat(sprintf("R: %s %.2f s (%.2f s of processor) %s\n", step, took$wall, took$processor, note))
}

rows <- seconds(function() {
  rows <- read.csv(file, colClasses = "character")
  for (name in names(levels)) rows[[name]] <- factor(rows[[name]], levels = levels[[name]])
  rows$messaged <- rows$messaged %in% c("1", "true")
  rows
})
say("read", rows)
fit <- seconds(function() {
  glm(messaged ~ sex + age + morbidity + share + insurance, family = binomial, data = rows$value)
})
say("fit", fit, sprintf("odds ratio of female %.4f", exp(coef(fit$value)[["sexfemale"]])))
robust <- seconds(function() vcovCL(fit$value, cluster = rows$value$pcp))
say("robust errors", robust, sprintf("its error %.6f", sqrt(robust$value["sexfemale", "sexfemale"])))
peak <- grep("VmHWM", readLines("/proc/self/status"), value = TRUE)
cat("R: peak", sub("VmHWM:\\s*", "", peak), "\n")
