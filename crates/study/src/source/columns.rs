//! Which columns of a file are read, and how their values become levels.

/// The level that stands for a value that is not there, always the last of its variable. Where levels are found, a
/// value of this text is one that is not there: two levels of one name could not be told apart.
pub const MISSING_LEVEL: &str = "missing";

/// What to do with a row in which a value is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    /// The file is refused, the rows named.
    #[default]
    Refuse,
    /// It is a level of its own ([`MISSING_LEVEL`]).
    Level,
    /// The row is left out, and counted.
    CompleteCase,
}

/// A level, and the values of the file that mean it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    pub name: String,
    pub values: Vec<String>,
}

impl Level {
    /// A level written in the file as it is named.
    pub fn plain(name: &str) -> Level {
        Level { name: name.to_owned(), values: vec![name.to_owned()] }
    }
}

/// Numbers from the band before up to, not including, `below`; the last band has no end.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    pub name: String,
    pub below: Option<f64>,
}

/// From a value to a level.
#[derive(Clone, Debug, PartialEq)]
pub enum Coding {
    /// The levels are the values found, sorted.
    Found,
    /// Any other value is malformed.
    Levels(Vec<Level>),
    /// Numbers, in ascending bands.
    Bands(Vec<Band>),
}

/// A covariate and its column.
#[derive(Clone, Debug, PartialEq)]
pub struct Covariate {
    pub name: String,
    pub column: String,
    pub coding: Coding,
    /// The level that comes first; without it the first of the coding.
    pub reference: Option<String>,
    pub missing: Missing,
}

impl Covariate {
    /// A covariate in the column of its name, its levels those found.
    pub fn found(name: &str) -> Covariate {
        let (name, column) = (name.to_owned(), name.to_owned());
        Covariate { name, column, coding: Coding::Found, reference: None, missing: Missing::Refuse }
    }

    /// A covariate in the column of its name; the first level is the reference.
    pub fn with_levels<S: AsRef<str>>(name: &str, levels: &[S]) -> Covariate {
        let levels = levels.iter().map(|level| Level::plain(level.as_ref())).collect();
        Covariate { coding: Coding::Levels(levels), ..Covariate::found(name) }
    }

    /// The names of the given levels in the order of the coding; none where they are to be found.
    pub fn level_names(&self) -> Vec<&str> {
        match &self.coding {
            Coding::Found => Vec::new(),
            Coding::Levels(levels) => levels.iter().map(|level| level.name.as_str()).collect(),
            Coding::Bands(bands) => bands.iter().map(|band| band.name.as_str()).collect(),
        }
    }

    /// The given levels, the reference first, the others in the order of the coding.
    pub fn ordered_levels(&self) -> Vec<String> {
        let mut names: Vec<String> = self.level_names().into_iter().map(str::to_owned).collect();
        if let Some(at) = names.iter().position(|name| Some(name) == self.reference.as_ref()) {
            let reference = names.remove(at);
            names.insert(0, reference);
        }
        names
    }
}

/// What a row must fulfil to be eligible.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    AtLeast(f64),
    AtMost(f64),
    OneOf(Vec<String>),
}

/// A step of eligibility that a column answers; a missing value does not fulfil it.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    pub name: String,
    pub column: String,
    pub test: Test,
}

/// What is read from a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// The column of the outcome: 0, 1, true or false.
    pub outcome: String,
    pub cluster: String,
    pub covariates: Vec<Covariate>,
    /// Eligibility, applied in this order before anything else.
    pub conditions: Vec<Condition>,
    /// Values that mean "not there", beside the empty one and null.
    pub missing_values: Vec<String>,
    /// For outcome and cluster, which have no missing level: [`Missing::Level`] counts as complete cases.
    pub missing: Missing,
}

impl Columns {
    /// The column of each use: of the conditions, of the outcome, of the cluster, of the covariates.
    pub(crate) fn uses(&self) -> Vec<&str> {
        let conditions = self.conditions.iter().map(|condition| &condition.column);
        let covariates = self.covariates.iter().map(|covariate| &covariate.column);
        conditions.chain([&self.outcome, &self.cluster]).chain(covariates).map(String::as_str).collect()
    }

    /// Whether a covariate's value means that it is not there.
    pub(super) fn is_absent(&self, covariate: &Covariate, value: &str) -> bool {
        let is_the_word = covariate.coding == Coding::Found && value == MISSING_LEVEL;
        value.is_empty() || is_the_word || self.missing_values.iter().any(|it| it == value)
    }

    /// The covariate of a use, if it is one.
    pub(super) fn covariate_of(&self, at: usize) -> Option<&Covariate> {
        self.covariates.get(at.checked_sub(self.first_covariate())?)
    }

    /// Where the uses by covariates begin; outcome and cluster are the two before.
    pub(super) fn first_covariate(&self) -> usize {
        self.conditions.len() + 2
    }

    /// SHA-256 of what is read and how, in hexadecimal; stands for a protocol's hash where there is none.
    pub fn hash(&self) -> String {
        let digest = ring::digest::digest(&ring::digest::SHA256, format!("{self:?}").as_bytes());
        digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
