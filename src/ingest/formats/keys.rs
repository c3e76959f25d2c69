//! What names the record of a file that has no register's number for it.

use sha2::{Digest, Sha256};

use crate::domain::identifiers::{Scheme, WorkIdentifier};
use crate::domain::names::name_key;
use crate::ingest::record::RecordAuthor;

/// The first identifier in a register (`doi:10.5555/x`), else the file's own id with a mark of title and
/// first author: ids such as `smith2020` or `Smith:1` mean another work in another file, so alone they
/// must not make one record replace another.
pub(crate) fn record_key(
    id: Option<&str>,
    identifiers: &[WorkIdentifier],
    title: &str,
    authors: &[RecordAuthor],
) -> String {
    let registered = identifiers
        .iter()
        .find(|identifier| identifier.scheme.is_registry() && identifier.scheme != Scheme::Isbn);
    if let Some(identifier) = registered {
        return format!("{}:{}", identifier.scheme.as_str(), identifier.value);
    }
    let first = authors.first().map(|author| author.name.display());
    let mut hash = Sha256::new();
    hash.update(name_key(title));
    hash.update([0]);
    hash.update(name_key(&first.unwrap_or_default()));
    let mark: String = hash.finalize()[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{}#{mark}", id.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_names_a_record_before_its_file_does() {
        let doi = WorkIdentifier::parse(Scheme::Doi, "10.5555/X").unwrap();
        let isbn = WorkIdentifier::parse(Scheme::Isbn, "978-3-16-148410-0").unwrap();
        assert_eq!(
            record_key(Some("x"), &[isbn.clone(), doi], "T", &[]),
            "doi:10.5555/x"
        );
        assert!(record_key(Some("x"), &[isbn], "T", &[]).starts_with("x#"));
    }

    #[test]
    fn the_id_of_a_file_names_a_record_only_together_with_its_title() {
        let one = record_key(Some("Smith:1"), &[], "One title", &[]);
        assert_eq!(one, record_key(Some("Smith:1"), &[], "One  Title.", &[]));
        assert_ne!(one, record_key(Some("Smith:1"), &[], "Another title", &[]));
    }
}
