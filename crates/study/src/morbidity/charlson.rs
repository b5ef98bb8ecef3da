//! The Charlson comorbidity score with the ICD-10 and the enhanced ICD-9-CM codes of Quan H et al., Med Care
//! 2005;43:1130-9 (table 1), and Charlson's weights of 1987. Of a mild and a severe form only the severe one counts.

use super::{System, beginnings};

struct Category {
    weight: u32,
    /// Of ICD-10 and of ICD-9-CM.
    codes: [&'static str; 2],
    /// The category that this one is the milder form of.
    unless: Option<usize>,
}

const fn category(weight: u32, codes: [&'static str; 2]) -> Category {
    Category { weight, codes, unless: None }
}

const fn milder(weight: u32, codes: [&'static str; 2], severe: usize) -> Category {
    Category { weight, codes, unless: Some(severe) }
}

const DIABETES_COMPLICATED: usize = 10;
const LIVER_SEVERE: usize = 14;
const METASTATIC: usize = 15;

const CATEGORIES: [Category; 17] = [
    category(1, ["I21 I22 I252", "410 412"]),
    category(
        1,
        [
            "I099 I110 I130 I132 I255 I420 I425-I429 I43 I50 P290",
            "39891 40201 40211 40291 40401 40403 40411 40413 40491 40493 4254-4259 428",
        ],
    ),
    category(
        1,
        [
            "I70 I71 I731 I738 I739 I771 I790 I792 K551 K558 K559 Z958 Z959",
            "0930 4373 440 441 4431-4439 4471 5571 5579 V434",
        ],
    ),
    category(1, ["G45 G46 H340 I60-I69", "36234 430-438"]),
    category(1, ["F00-F03 F051 G30 G311", "290 2941 3312"]),
    category(1, ["I278 I279 J40-J47 J60-J67 J684 J701 J703", "4168 4169 490-505 5064 5081 5088"]),
    category(1, ["M05 M06 M315 M32-M34 M351 M353 M360", "4465 7100-7104 7140-7142 7148 725"]),
    category(1, ["K25-K28", "531-534"]),
    milder(
        1,
        [
            "B18 K700-K703 K709 K713-K715 K717 K73 K74 K760 K762-K764 K768 K769 Z944",
            "07022 07023 07032 07033 07044 07054 0706 0709 570 571 5733 5734 5738 5739 V427",
        ],
        LIVER_SEVERE,
    ),
    milder(
        1,
        [
            "E100 E101 E106 E108 E109 E110 E111 E116 E118 E119 E120 E121 E126 E128 E129 \
             E130 E131 E136 E138 E139 E140 E141 E146 E148 E149",
            "2500-2503 2508 2509",
        ],
        DIABETES_COMPLICATED,
    ),
    category(2, ["E102-E105 E107 E112-E115 E117 E122-E125 E127 E132-E135 E137 E142-E145 E147", "2504-2507"]),
    category(2, ["G041 G114 G801 G802 G81 G82 G830-G834 G839", "3341 342 343 3440-3446 3449"]),
    category(
        2,
        [
            "I120 I131 N032-N037 N052-N057 N18 N19 N250 Z490-Z492 Z940 Z992",
            "40301 40311 40391 40402 40403 40412 40413 40492 40493 582 5830-5837 585 586 5880 V420 V451 V56",
        ],
    ),
    milder(
        2,
        ["C00-C26 C30-C34 C37-C41 C43 C45-C58 C60-C76 C81-C85 C88 C90-C97", "140-172 174-195 200-208 2386"],
        METASTATIC,
    ),
    category(3, ["I850 I859 I864 I982 K704 K711 K721 K729 K765-K767", "4560-4562 5722-5728"]),
    category(6, ["C77-C80", "196-199"]),
    category(6, ["B20-B22 B24", "042-044"]),
];

impl Category {
    fn holds(&self, (list, code): &(usize, String)) -> bool {
        beginnings::hold(self.codes[*list], code)
    }
}

/// The score of these codes; codes of other systems count nothing.
pub fn charlson<'a>(codes: impl IntoIterator<Item = (System, &'a str)>) -> u32 {
    let plain = |(system, code): (System, &str)| {
        let list = match system {
            System::Icd10 => 0,
            System::Icd9 => 1,
            System::SnomedCt => return None,
        };
        Some((list, beginnings::plain(code)))
    };
    let codes: Vec<(usize, String)> = codes.into_iter().filter_map(plain).collect();
    let has: Vec<bool> =
        CATEGORIES.iter().map(|category| codes.iter().any(|code| category.holds(code))).collect();
    let counts =
        |(at, category): &(usize, &Category)| has[*at] && !category.unless.is_some_and(|severe| has[severe]);
    CATEGORIES.iter().enumerate().filter(counts).map(|(_, category)| category.weight).sum()
}
