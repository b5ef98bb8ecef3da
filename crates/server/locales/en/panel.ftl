# Groups of tests that were done together.
panel-members = What was measured
panel-of = Part of
panel-count = { $count ->
    [one] 1 result inside
   *[other] { $count } results inside
}
