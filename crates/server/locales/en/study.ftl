# For the analyst: published-grade numbers and what they mean.
study-nav = Boards
study-title = Who uses messages
study-lead = Adults in the record, and how many of them wrote to their care team.
study-empty = The first figures are on their way.
study-empty-how = A month is counted once it is over. The next one is complete on { $day }.
study-empty-what = Then this page shows how many of 1,000 adults wrote, month by month, and after a full quarter who writes and who does not, by age, sex, insurance, language and number of chronic conditions.
study-months = Writers per 1,000 adults, by month
study-months-what = An adult counts once a month, however many messages were sent.
study-months-summary = Writers per 1,000 adults from { $from } to { $to }. In { $month }: { $share }.
study-months-none = No month has enough writers to be shown.
study-months-picture = The months as a picture
study-table = The figures as a table
study-month = Month
study-people = Adults
study-wrote = Wrote
study-share = Per 1,000
study-suppressed = not shown
study-groups = Who writes and who does not
study-groups-what = Groups are those of the quarter's first day.
study-quarters = Quarters
study-quarter = { $number ->
    [1] January to March { $year }
    [2] April to June { $year }
    [3] July to September { $year }
   *[other] October to December { $year }
}
study-total = per 1,000 adults wrote ({ $wrote } of { $people }).
study-total-suppressed = Too few people wrote, or too few did not, for any figure of this quarter to be shown.
study-no-quarter = Groups follow when the first full quarter is over.
study-rules = How to read this
study-rules-small = A figure is not shown where fewer than { $limit } people stand behind it: in the group, among those who wrote, or among those who did not. Others are left out with it where it could be worked out from them. Counts carry three digits.
study-rules-kept = A figure is settled once, after its month or quarter, and does not change later. The next month follows on { $day }.
study-variable-age = Age
study-variable-sex = Sex
study-variable-insurance = Insurance
study-variable-language = Language
study-variable-morbidity = Chronic conditions
study-age-18-39 = 18 to 39
study-age-40-64 = 40 to 64
study-age-65-74 = 65 to 74
study-age-75-plus = 75 and over
study-sex-female = Female
study-sex-male = Male
study-sex-other = Other or not recorded
study-insurance-commercial = Commercial
study-insurance-medicare = Medicare
study-insurance-medicaid = Medicaid
study-insurance-dual = Medicare and Medicaid
study-insurance-public = Other public
study-insurance-none = Uninsured
study-insurance-unknown = Not recorded
study-language-en = English
study-language-es = Spanish
study-language-other = Another language
study-language-unknown = Not recorded
study-morbidity-very-low = None
study-morbidity-low = 1 or 2
study-morbidity-moderate = 3 to 5
study-morbidity-high = 6 to 9
study-morbidity-very-high = 10 or more
did-read-study = Read study figures
did-extract-study = Took rows for a study, without names
