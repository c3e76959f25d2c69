//! What travels between server and browser about institutions.

use serde::{Deserialize, Serialize};

/// An institution's page, without its works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionPage {
    /// Row number.
    pub id: i64,
    /// Name.
    pub name: String,
    /// ROR link, if known.
    pub ror: Option<String>,
    /// The address that this page should have.
    pub canonical: String,
    /// Authors, those with the most works first: name, address, works, claimed.
    pub authors: Vec<(String, String, i64, bool)>,
}
