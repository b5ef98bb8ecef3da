//! What can go wrong with sealed bytes. No variant carries any of their content.

/// Why bytes could not be sealed or opened.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    #[error("not sealed bytes, or sealed by a newer version of the program")]
    Malformed,
    #[error("sealed with key number {sealed}, asked to open with number {given}")]
    OtherKey { sealed: u32, given: u32 },
    #[error("the key belongs to another patient than the place, or to the organisation")]
    ForeignKey,
    #[error("sealed bytes do not fit their key or place: damaged, moved or replaced")]
    Rejected,
    #[error("the content is larger than {0} bytes")]
    TooLarge(usize),
    #[error("the content could not be packed or unpacked")]
    Packing,
    #[error("the operating system gave no randomness")]
    NoRandomness,
    #[error("the file's chunks end too early or go on after the last one")]
    WrongEnd,
}
