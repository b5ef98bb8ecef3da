//! Accounts: sign-in names, passwords and activation codes, as rules without storage.

use serde::{Deserialize, Serialize};

/// Characters that a password must have at least (NIST SP 800-63B: length, no composition rules).
pub const SHORTEST_PASSWORD: usize = 10;
/// Characters that are hashed at most, against very long input.
pub const LONGEST_PASSWORD: usize = 200;
/// Tries that an activation code allows before it is locked.
pub const ACTIVATION_TRIES: i64 = 5;
/// Days for which an activation code is good.
pub const ACTIVATION_DAYS: i64 = 30;

/// What is wrong with a chosen sign-in name or password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CredentialProblem {
    #[error("the sign-in name has a character that is not allowed, or is too short or too long")]
    SignInName,
    #[error("the password is shorter than 10 characters")]
    PasswordTooShort,
    #[error("the password is longer than 200 characters")]
    PasswordTooLong,
    #[error("the password is one of the most common ones, or contains the sign-in name")]
    PasswordTooCommon,
}

/// A sign-in name: 3 to 80 characters, letters, digits and `@ . _ + -`; case does not matter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SignInName(String);

impl SignInName {
    pub fn parse(text: &str) -> Result<SignInName, CredentialProblem> {
        let name = text.trim().to_lowercase();
        let length = name.chars().count();
        let allowed = |c: char| c.is_alphanumeric() || "@._+-".contains(c);
        if !(3..=80).contains(&length) || !name.chars().all(allowed) {
            return Err(CredentialProblem::SignInName);
        }
        Ok(SignInName(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Words that lead every list of stolen passwords.
const COMMON: [&str; 12] = [
    "password",
    "passwort",
    "contrasena",
    "contraseña",
    "1234567890",
    "0123456789",
    "qwertyuiop",
    "letmein",
    "iloveyou",
    "administrator",
    "samechart",
    "abcdefghij",
];

/// Checks a chosen password; says what to change.
pub fn check_password(name: &SignInName, password: &str) -> Result<(), CredentialProblem> {
    let length = password.chars().count();
    if length < SHORTEST_PASSWORD {
        return Err(CredentialProblem::PasswordTooShort);
    }
    if length > LONGEST_PASSWORD {
        return Err(CredentialProblem::PasswordTooLong);
    }
    let lower = password.to_lowercase();
    let bare: String = lower.chars().filter(|c| c.is_alphabetic()).collect();
    let first = lower.chars().next();
    if COMMON.iter().any(|word| lower == *word || bare == *word)
        || lower.contains(name.as_str())
        || lower.chars().all(|c| Some(c) == first)
    {
        return Err(CredentialProblem::PasswordTooCommon);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_name_is_the_same_in_capitals() {
        assert_eq!(
            SignInName::parse(" Rosa.Delgado@example.org ").unwrap().as_str(),
            "rosa.delgado@example.org"
        );
        assert_eq!(SignInName::parse("ro"), Err(CredentialProblem::SignInName));
        assert_eq!(SignInName::parse("rosa delgado"), Err(CredentialProblem::SignInName));
    }

    #[test]
    fn a_password_is_long_and_not_on_every_list() {
        let rosa = SignInName::parse("rosa").unwrap();
        assert_eq!(check_password(&rosa, "short"), Err(CredentialProblem::PasswordTooShort));
        assert_eq!(check_password(&rosa, "Password123"), Err(CredentialProblem::PasswordTooCommon));
        assert_eq!(check_password(&rosa, "my-rosa-2026"), Err(CredentialProblem::PasswordTooCommon));
        assert_eq!(check_password(&rosa, "aaaaaaaaaaaa"), Err(CredentialProblem::PasswordTooCommon));
        assert_eq!(check_password(&rosa, "river stones at dusk"), Ok(()));
    }
}
