# JSON with all digits, without a package for it. NA becomes null; a named list or vector an object.
json <- function(x) {
  if (is.list(x) || (length(names(x)) > 0)) {
    parts <- vapply(seq_along(x), function(i) json(x[[i]]), "")
    if (is.null(names(x))) return(paste0("[", paste(parts, collapse = ","), "]"))
    return(paste0("{", paste0("\"", names(x), "\":", parts, collapse = ","), "}"))
  }
  if (length(x) != 1) return(paste0("[", paste(vapply(x, json, ""), collapse = ","), "]"))
  if (is.character(x)) return(paste0("\"", x, "\""))
  if (is.logical(x) && !is.na(x)) return(tolower(as.character(x)))
  if (is.na(x)) "null" else sprintf("%.17g", x)
}

# A design is counted: cluster, covariates, n, events. This writes it for the crate to read.
hand_over <- function(folder, name, counted) {
  write.csv(counted, file.path(folder, paste0(name, ".csv")), row.names = FALSE, quote = FALSE)
}

# One row per person.
people <- function(counted) {
  each <- function(rows, times, y) {
    some <- counted[rep(rows, times), setdiff(names(counted), c("n", "events")), drop = FALSE]
    if (nrow(some) > 0) some$y <- y else some$y <- numeric(0)
    some
  }
  all <- rbind(each(seq_len(nrow(counted)), counted$events, 1),
               each(seq_len(nrow(counted)), counted$n - counted$events, 0))
  all[order(all$cluster), ]
}

# Counts of people who are alike.
count <- function(rows) {
  by <- rows[setdiff(names(rows), "y")]
  counted <- aggregate(list(n = rep(1, nrow(rows)), events = rows$y), by = by, FUN = sum)
  counted[do.call(order, counted[names(by)]), ]
}

covariates <- function(counted) setdiff(names(counted), c("cluster", "n", "events"))

# `y ~` all covariates, and what is added.
formula_of <- function(counted, more = NULL) reformulate(c(covariates(counted), more), "y")
