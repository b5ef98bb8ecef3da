//! What belongs together on a page: every row of the words table has one group.

macro_rules! groups {
    ($($variant:ident => $word:literal,)*) => {
        /// A group of the words table; its label stands in the Fluent files under `group-WORD`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Group { $($variant),* }

        impl Group {
            pub const ALL: &'static [Group] = &[$(Group::$variant),*];

            /// The word of the table and of the Fluent files.
            pub fn word(self) -> &'static str {
                match self { $(Group::$variant => $word),* }
            }

            pub fn from_word(word: &str) -> Option<Group> {
                Group::ALL.iter().copied().find(|group| group.word() == word)
            }
        }
    };
}

groups! {
    VitalSigns => "vital-signs",
    Body => "body",
    General => "general",
    Pain => "pain",
    DailyLife => "daily-life",
    Heart => "heart",
    BloodFats => "blood-fats",
    BloodSugar => "blood-sugar",
    Salts => "salts",
    Kidneys => "kidneys",
    Liver => "liver",
    BloodCells => "blood-cells",
    Clotting => "clotting",
    Inflammation => "inflammation",
    Infection => "infection",
    Breathing => "breathing",
    Allergy => "allergy",
    Urine => "urine",
    Digestion => "digestion",
    Bones => "bones",
    Injury => "injury",
    Skin => "skin",
    Head => "head",
    Brain => "brain",
    Mind => "mind",
    Pregnancy => "pregnancy",
    Reproductive => "reproductive",
    Cancer => "cancer",
    Vaccine => "vaccine",
    Visit => "visit",
    Care => "care",
    Taking => "taking",
    Role => "role",
    Insurance => "insurance",
    Panel => "panel",
    Answer => "answer",
}
