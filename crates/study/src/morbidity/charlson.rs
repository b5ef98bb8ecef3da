//! The Charlson comorbidity score with the ICD-10 codes of Quan H et al., Med Care 2005;43:1130-9
//! (table 1), and Charlson's weights of 1987. Of a mild and a severe form only the severe one counts.

use super::System;

struct Category {
    weight: u32,
    /// Beginnings of codes, without the point; `A-B` is every three- or four-character beginning between.
    codes: &'static str,
    /// The category that this one is the milder form of.
    unless: Option<usize>,
}

const fn category(weight: u32, codes: &'static str) -> Category {
    Category { weight, codes, unless: None }
}

const fn milder(weight: u32, codes: &'static str, severe: usize) -> Category {
    Category { weight, codes, unless: Some(severe) }
}

const DIABETES_COMPLICATED: usize = 10;
const LIVER_SEVERE: usize = 14;
const METASTATIC: usize = 15;

const CATEGORIES: [Category; 17] = [
    category(1, "I21 I22 I252"),
    category(1, "I099 I110 I130 I132 I255 I420 I425-I429 I43 I50 P290"),
    category(1, "I70 I71 I731 I738 I739 I771 I790 I792 K551 K558 K559 Z958 Z959"),
    category(1, "G45 G46 H340 I60-I69"),
    category(1, "F00-F03 F051 G30 G311"),
    category(1, "I278 I279 J40-J47 J60-J67 J684 J701 J703"),
    category(1, "M05 M06 M315 M32-M34 M351 M353 M360"),
    category(1, "K25-K28"),
    milder(1, "B18 K700-K703 K709 K713-K715 K717 K73 K74 K760 K762-K764 K768 K769 Z944", LIVER_SEVERE),
    milder(
        1,
        "E100 E101 E106 E108 E109 E110 E111 E116 E118 E119 E120 E121 E126 E128 E129 \
         E130 E131 E136 E138 E139 E140 E141 E146 E148 E149",
        DIABETES_COMPLICATED,
    ),
    category(2, "E102-E105 E107 E112-E115 E117 E122-E125 E127 E132-E135 E137 E142-E145 E147"),
    category(2, "G041 G114 G801 G802 G81 G82 G830-G834 G839"),
    category(2, "I120 I131 N032-N037 N052-N057 N18 N19 N250 Z490-Z492 Z940 Z992"),
    milder(2, "C00-C26 C30-C34 C37-C41 C43 C45-C58 C60-C76 C81-C85 C88 C90-C97", METASTATIC),
    category(3, "I850 I859 I864 I982 K704 K711 K721 K729 K765-K767"),
    category(6, "C77-C80"),
    category(6, "B20-B22 B24"),
];

impl Category {
    fn holds(&self, code: &str) -> bool {
        self.codes.split_ascii_whitespace().any(|entry| match entry.split_once('-') {
            None => code.starts_with(entry),
            Some((first, last)) => {
                let beginning = code.get(..first.len()).unwrap_or(code);
                (first..=last).contains(&beginning)
            }
        })
    }
}

/// The score of these codes; codes of other systems count nothing.
pub fn charlson<'a>(codes: impl IntoIterator<Item = (System, &'a str)>) -> u32 {
    let plain = |(system, code): (System, &str)| {
        (system == System::Icd10).then(|| code.replace('.', "").to_ascii_uppercase())
    };
    let codes: Vec<String> = codes.into_iter().filter_map(plain).collect();
    let has: Vec<bool> =
        CATEGORIES.iter().map(|category| codes.iter().any(|code| category.holds(code))).collect();
    let counts =
        |(at, category): &(usize, &Category)| has[*at] && !category.unless.is_some_and(|severe| has[severe]);
    CATEGORIES.iter().enumerate().filter(counts).map(|(_, category)| category.weight).sum()
}
