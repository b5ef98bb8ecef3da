# Cohorts of the tests: seeded, counted. Level "a" is always the reference.
draw <- function(n, levels, chances = NULL) factor(sample(letters[seq_len(levels)], n, TRUE, chances))
cluster_of <- function(n, clusters, chances = NULL) sprintf("g%04d", sample(clusters, n, TRUE, chances))
effect <- function(factor, by) by[as.integer(factor)]
happens <- function(eta) rbinom(length(eta), 1, plogis(eta))
shared <- function(cluster, sd) rnorm(length(unique(cluster)), 0, sd)[as.integer(factor(cluster))]

three <- function(n, clusters, intercept, sd = 0.6, chances = NULL) {
  d <- data.frame(cluster = cluster_of(n, clusters, chances), sex = draw(n, 2), age = draw(n, 4),
                  plan = draw(n, 3, c(.7, .2, .1)))
  d$y <- happens(intercept + effect(d$sex, c(0, .14)) + effect(d$age, c(0, .3, .5, -.4)) +
                   effect(d$plan, c(0, -.2, -.6)) + shared(d$cluster, sd))
  d
}

design_plain <- function() count(three(4000, 80, -1.5))

design_common_outcome <- function() count(three(3000, 150, 2, chances = (1:150)^2))

# 1 event in 100,000; counted from the start, since two million rows tell the same.
design_rare <- function() {
  d <- expand.grid(cluster = sprintf("g%04d", 1:100), sex = letters[1:2], age = letters[1:3])
  d$n <- 2000 + rpois(nrow(d), 1333)
  d$events <- rbinom(nrow(d), d$n, plogis(log(1e-5) + effect(d$sex, c(0, .5)) + effect(d$age, c(0, .4, .8))))
  d
}

# Level b: one event in 400; level c: all but one.
design_near_separation <- function() {
  d <- three(1200, 60, 0)
  d$drug <- factor(rep(letters[1:3], each = 400))
  d$y[401:1200] <- rep(c(0, 1), each = 400)
  d$y[sample(401:800, 1)] <- 1
  d$y[sample(801:1200, 1)] <- 0
  count(d)
}

design_forty_levels <- function() {
  n <- 8000
  d <- data.frame(cluster = cluster_of(n, 120), sex = draw(n, 2))
  level <- sample(40, n, TRUE, 45:6)
  d$clinic <- factor(sprintf("c%02d", level))
  d$y <- happens(-1 + effect(d$sex, c(0, .3)) + rnorm(40, 0, .8)[level])
  count(d)
}

design_one_cluster_with_half <- function() count(three(3000, 60, -1, chances = c(59, rep(1, 59))))

design_singletons <- function() {
  d <- three(1500, 2, -.5)
  d$cluster <- sprintf("g%04d", seq_len(nrow(d)))
  count(d)
}

design_duplicated_column <- function() {
  d <- three(2000, 70, -1)
  d$again <- factor(c("a", "x", "y", "z")[as.integer(d$age)])
  count(d)
}

# The sum of the columns of two areas is the column of a region.
design_nested_levels <- function() {
  d <- three(2500, 70, -1)
  d$area <- draw(nrow(d), 5)
  d$region <- factor(c("a", "b", "b", "c", "c")[as.integer(d$area)])
  count(d)
}

design_few_clusters <- function() count(three(1500, 12, -.5))

design_strong_effects <- function() {
  n <- 6000
  d <- data.frame(cluster = cluster_of(n, 200), sex = draw(n, 2), dose = draw(n, 3))
  d$y <- happens(-4 + effect(d$sex, c(0, 3)) + effect(d$dose, c(0, 2.5, 5)))
  count(d)
}

design_interaction <- function() {
  d <- three(5000, 90, -1)
  d$y <- happens(-1 + effect(d$sex, c(0, .4)) * effect(d$age, c(0, 1, -1, 2)))
  count(d)
}

designs <- function(names) {
  make <- function(name) {
    set.seed(sum(utf8ToInt(name)))
    get(paste0("design_", name))()
  }
  setNames(lapply(names, make), names)
}
